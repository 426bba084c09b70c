import numpy as np

from statpress.disclosure.problem import Pattern
from statpress.linear.solver import Solver


def find_unmet(p,w):
    S=Solver(p.known(w)); out=[]
    for i,n in enumerate(p.needs):
        lo=np.ceil(S.least(n.form).value-1e-6); hi=np.floor(S.most(n.form).value+1e-6)
        if lo>n.low or hi<n.high or hi-lo<n.width: out.append(i)
    return np.array(out,dtype=int)
def close(p,w):
    w=w.copy(); ch=True
    while ch:
        ch=False
        for i,j in p.implied:
            if w[i] and not w[j]: w[j]=True; ch=True
    return w
def find_pattern(p, effort):
    w=close(p,p.required.copy()); unmet=[]
    for _ in range(200):
        un=[u for u in find_unmet(p,w).tolist() if u not in unmet]
        if not un: return Pattern(w,(),tuple(unmet))
        need=p.needs[un[0]]
        cols=set(need.form.columns); best=None
        hid=p.hidden(w); A=p.matrix.tocsc(); R=p.matrix
        seenr=set(); stack=list(cols)
        seenc=set(cols)
        cand=set()
        while stack:
            c=stack.pop()
            for r in A.indices[A.indptr[c]:A.indptr[c+1]]:
                if r in seenr: continue
                seenr.add(r)
                for d in R.indices[R.indptr[r]:R.indptr[r+1]]:
                    if d in seenc: continue
                    seenc.add(d)
                    if hid[d]: stack.append(d)
                    elif p.item[d]>=0 and np.isfinite(p.cost[p.item[d]]): cand.add(int(p.item[d]))
        if not cand: unmet.append(un[0]); continue
        best=min(cand,key=lambda i:(p.cost[i],i)); w[best]=True; w=close(p,w)
    raise SystemExit('x')
