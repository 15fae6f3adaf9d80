"""What people type where a place is asked, and what they mean; see `places_said` for the notation."""

TYPED = """
Dijon -> Dijon (21)
dijon -> Dijon (21)
DIJON -> Dijon (21)
mâcon -> Mâcon (71)
macon -> Mâcon (71)
Nevers. -> Nevers (58)
auxerre svp -> Auxerre (89)
Sens -> Sens (89)
joigny -> Joigny (89)
Decize -> Decize (58)
Autun -> Autun (71)
avallon -> Avallon (89)
Chalon -> Chalon-sur-Saône (71)
chalon sur saone -> Chalon-sur-Saône (71)
chalon s/saone -> Chalon-sur-Saône (71)
Chalon s/ Saône -> Chalon-sur-Saône (71)
chalon s saone -> Chalon-sur-Saône (71)
chalon/saone -> Chalon-sur-Saône (71)
chalons sur saone -> Chalon-sur-Saône (71) ?
Nuits -> Nuits-Saint-Georges (21) | Nuits (89)
nuits st georges -> Nuits-Saint-Georges (21)
nuit saint george -> Nuits-Saint-Georges (21) ?
Montceau -> Montceau-les-Mines (71) | Montceau-et-Écharnant (21)
montceau les mines -> Montceau-les-Mines (71)
Mntceau les mines -> Montceau-les-Mines (71) ?
Semur -> Semur-en-Auxois (21) | Semur-en-Brionnais (71) | Semur-en-Vallon (72)
Cosne -> Cosne-Cours-sur-Loire (58)
cosne sur loire -> Cosne-Cours-sur-Loire (58)
Louhans -> Louhans-Châteaurenaud (71)
Paray -> Paray-le-Monial (71)
Venarey -> Venarey-les-Laumes (21)
Les Laumes -> Venarey-les-Laumes (21)
la charité -> La Charité-sur-Loire (58)
chateau chinon -> Château-Chinon (Ville) (58) | Château-Chinon (Campagne) (58)
château-chinon ville -> Château-Chinon (Ville) (58)
Le Creusot -> Le Creusot (71)
creusot -> Le Creusot (71)
au Creusot -> Le Creusot (71)
je suis au creusot -> Le Creusot (71)
creuzot -> Le Creusot (71) ?
le breuil -> Le Breuil (71)
aux Rousses -> Les Rousses (39)
St Jean de Losne -> Saint-Jean-de-Losne (21)
St. Marcel -> Saint-Marcel (71)
Ste Magnance -> Sainte-Magnance (89)
is sur tille -> Is-sur-Tille (21)
l'isle sur serein -> L'Isle-sur-Serein (89)
isle-sur-serein -> L'Isle-sur-Serein (89)
lisle sur serein -> L'Isle-sur-Serein (89) ?
Saint-Germain -> Saint-Germain-du-Plain (71) | Saint-Germain-du-Bois (71) | Saint-Germain-en-Laye (78)
Givry -> Givry (71) | Givry (89) | Givry (08)
Givry (71) -> Givry (71)
givry 89 -> Givry (89)
89 givry -> Givry (89)
Givry, Saône-et-Loire -> Givry (71)
givry dans l'yonne -> Givry (89)
Torcy 71 -> Torcy (71)
torcy 77 -> Torcy (77)
nevers nièvre -> Nevers (58)
71 -> dept 71
le 21 -> dept 21
dans le 58 -> dept 58
2A -> dept 2A
2b -> dept 2B
974 -> dept 974
la Nièvre -> dept 58
yonne -> dept 89
dans l'Yonne -> dept 89
côte d'or -> dept 21
Saône et Loire -> dept 71
21000 -> Dijon (21)
21 000 -> Dijon (21)
89000 -> 89000 +3
71200 -> 71200 +2
71200 le creusot -> Le Creusot (71)
Beaune 21200 -> Beaune (21)
rue de la gare 71100 chalon -> Chalon-sur-Saône (71)
12 rue Monge, 21000 Dijon -> Dijon (21)
12 rue Monge Dijon -> Dijon (21)
75012 -> Paris 12e Arrondissement (75)
21011 Dijon cedex -> Dijon (21)
dijon cedex 9 -> Dijon (21)
89010 Auxerre Cedex -> Auxerre (89)
71031 macon cedex 9 -> Mâcon (71)
21011 -> Dijon (21) ?
Paris -> Paris (75)
Paris 12e -> Paris 12e Arrondissement (75)
paris 12 -> Paris 12e Arrondissement (75)
12e arrondissement de Paris -> Paris 12e Arrondissement (75)
Lyon 3e -> Lyon 3e Arrondissement (69)
lyon 3ème -> Lyon 3e Arrondissement (69)
lyon 69 -> Lyon (69)
Marseille 1er -> Marseille 1er Arrondissement (13)
Marseille 13 -> Marseille (13)
Saint-Denis 974 -> Saint-Denis (974)
ajaccio 2a -> Ajaccio (2A)
Bourges -> Bourges (18)
Nice -> Nice (06)
Clermont -> Clermont-Ferrand (63) | Clermont (60) | Clermont-l'Hérault (34)
j'habite à Beaune -> Beaune (21)
près de Nevers -> Nevers (58)
j habite a cote de nevers dans la nievre -> Nevers (58)
dijon centre -> Dijon (21)
centre ville de beaune -> Beaune (21)
je travaille à Dijon mais j'habite à Beaune -> Beaune (21)
Beaune ou Dijon -> Beaune (21) | Dijon (21)
auxere -> Auxerre (89) ?
nevres -> Nevers (58) ?
montbar -> Montbard (21) ?
autin -> Autun (71) ?
dijno -> Dijon (21) ?
dijon 71 -> Dijon (21)
acon -> Mâcon (71) | Acon (27)
merci -> ?
usine -> ?
salarié -> ?
place -> ?
à l'hôpital -> ?
oui -> ?
non -> ?
je sais pas -> ?
demain matin -> ?
saint -> ?
France -> ?
99999 -> ?
00000 -> ?
3 -> ?
... -> ?
"""
