"""Our own examples: a value is between ⟦TYPE| and ⟧. Invented; numbers are made or from documentation."""

VALUES = """
write to ⟦EMAIL|jane.roe+news@example.co.uk⟧ please.
Mail: ⟦EMAIL|j_müller@example.de⟧, danke
メールは⟦EMAIL|taro@example.jp⟧です。
<⟦EMAIL|a.b@sub.example.org⟧> and mailto:⟦EMAIL|info@example.com⟧
⟦EMAIL|jane (at) example (dot) org⟧
call ⟦PHONE|+1 (415) 555-0132⟧ or ⟦PHONE|(415) 555-0199⟧, not after 9.
my number is ⟦PHONE|4155550132⟧
Ring ⟦PHONE|020 7946 0958⟧ or ⟦PHONE|07700 900123⟧.
Rufen Sie ⟦PHONE|+49 30 901820⟧ an oder ⟦PHONE|030/901820-12⟧
Handy ⟦PHONE|0171 2345678⟧, Büro ⟦PHONE|+49 (0)89 123456⟧
mon portable : ⟦PHONE|06 12 34 56 78⟧
mi móvil es ⟦PHONE|612 345 678⟧
電話は⟦PHONE|03-1234-5678⟧です。携帯は⟦PHONE|０９０−１２３４−５６７８⟧
It was not 555, it was ⟦PHONE|555-0142⟧
IBAN ⟦IBAN|DE89 3704 0044 0532 0130 00⟧.
⟦IBAN|GB29NWBK60161331926819⟧ is mine
mi cuenta es ⟦IBAN|ES91 2100 0418 4502 0005 1332⟧ gracias
card ⟦CARD|4111 1111 1111 1111⟧ exp ⟦DATE|03/2027⟧
⟦CARD|378282246310005⟧ and ⟦CARD|5555-5555-5555-4444⟧
server ⟦IP|192.168.10.24⟧ and ⟦IP|2001:db8::8a2e:370:7334⟧.
http://⟦IP|10.0.0.7⟧:8080/admin
⟦URL|https://example.com/reset?token=8f3kA92jdlQ0⟧.
⟦URL|https://user:s3cret@example.com/x⟧ works
(⟦URL|https://example.org/password-reset/9b1c2d3e4f5a6b7c8d9e⟧)
⟦URL|postgres://app:hunter2@db.example.com/main⟧
⟦ADDRESS|12 Main Street⟧ is where I live
ship to ⟦ADDRESS|742 Evergreen Terrace, Springfield, IL 62704⟧, please
⟦ADDRESS|Flat 2, 10 Baker Street, London NW1 6XE⟧
Ich wohne ⟦ADDRESS|Berliner Straße 12a, 10115 Berlin⟧.
in der ⟦ADDRESS|Goethestr. 5⟧ bitte
J'habite ⟦ADDRESS|12 bis rue de la Paix, 75002 Paris⟧.
vivo en ⟦ADDRESS|Calle Mayor 15, 28013 Madrid⟧
住所は⟦ADDRESS|〒100-0001 東京都千代田区千代田1-1⟧です
SSN ⟦ID|219-09-9998⟧
my NI number is ⟦ID|AB 12 34 56 C⟧
Steuer-ID ⟦ID|86095742719⟧
NIR ⟦ID|1 85 05 78 006 084 91⟧
DNI ⟦ID|12345678Z⟧ y NIE ⟦ID|X1234567L⟧
マイナンバーは⟦ID|1234 5678 9018⟧です
CPF ⟦ID|529.982.247-25⟧
use ⟦KEY|sk-proj-abcDEF123456ghiJKL7890⟧ now
⟦KEY|ghp_abcdefghijklmnopqrstuvwxyz0123456789⟧
AWS ⟦KEY|AKIAIOSFODNN7EXAMPLE⟧.
api key: ⟦KEY|f3a9c1d27be84056a1b2c3d4⟧
due on ⟦DATE|March 3rd, 2025⟧.
on ⟦DATE|March 3⟧ at ⟦TIME|5:30 pm⟧
⟦DATE|3 March 2025⟧, the ⟦DATE|3rd of March⟧
am ⟦DATE|3. März 2025⟧ um ⟦TIME|17:30 Uhr⟧
am ⟦DATE|12.03.2024⟧ um ⟦TIME|15 Uhr⟧
le ⟦DATE|1er mars 2025⟧ à ⟦TIME|14h30⟧
el ⟦DATE|3 de marzo de 2025⟧ a las ⟦TIME|17:30⟧
⟦DATE|2025年3月5日⟧の⟦TIME|午後3時⟧に
⟦DATE|2024-03-15⟧ or ⟦DATE|3/15/24⟧
⟦DATE|Mon 14 Feb⟧, ⟦TIME|9am⟧-⟦TIME|5pm⟧
from ⟦TIME|10:00⟧ to ⟦TIME|12:00⟧
it costs ⟦AMOUNT|$12.50⟧ or ⟦AMOUNT|12,50 €⟧
⟦AMOUNT|1.234,56 EUR⟧ und ⟦AMOUNT|20 Euro⟧
⟦AMOUNT|£5⟧, ⟦AMOUNT|USD 1,200⟧, ⟦AMOUNT|50 cents⟧
⟦AMOUNT|5,000円⟧ ⟦AMOUNT|¥1200⟧ ⟦AMOUNT|R$ 45,90⟧
⟦AMOUNT|twenty dollars⟧ please
order ⟦NUMBER|A-10293⟧ has not come
my order number is ⟦NUMBER|48213⟧.
ticket #⟦NUMBER|99812⟧
Bestellnummer: ⟦NUMBER|2024-99813⟧
Kundennummer ⟦NUMBER|4711⟧
commande n° ⟦NUMBER|778812⟧
número de pedido ⟦NUMBER|5512093⟧
注文番号は⟦NUMBER|12-345678⟧です
library card number ⟦NUMBER|21234 00012 3456⟧
tracking ⟦NUMBER|1Z999AA10123456784⟧
booking code ⟦NUMBER|XKJQPL⟧
⟦NUMBER|48213⟧ is my order number
I read “⟦TITLE|The Glass Orchard⟧” twice.
Do you have "⟦TITLE|Dune⟧" by Frank Herbert?
Haben Sie das Buch „⟦TITLE|Der stille Garten⟧“?
le livre « ⟦TITLE|Le petit jardin⟧ »
la novela «⟦TITLE|Cien noches⟧»
Ich möchte „⟦TITLE|Nachtzug nach Osten⟧“ verlängern
¿Tienen «⟦TITLE|La casa del río⟧»?
⟦AMOUNT|99¢⟧ or ⟦AMOUNT|CHF 20.-⟧
『⟦TITLE|雪の庭⟧』を借りたい
「⟦TITLE|青い鳥の歌⟧」という本
My name is ⟦NAME|Teresa Quill⟧.
Hi, I'm ⟦NAME|Maria⟧ and
Dear Ms ⟦NAME|Okonkwo⟧,
Sehr geehrter Herr ⟦NAME|von Ahlen⟧,
ich heiße ⟦NAME|Jörg Brandt⟧
Je m'appelle ⟦NAME|Chloé Durand⟧.
Me llamo ⟦NAME|Lucía Ferrer⟧
⟦NAME|田中⟧と申します
⟦NAME|佐藤⟧さんはいますか
Best regards,\n⟦NAME|Tom Hale⟧
thanks, ⟦NAME|Sarah⟧!
my name is ⟦NAME|teresa⟧
I spoke with ⟦NAME|Peter Lindqvist⟧ yesterday
"""

LOOKALIKES = """
version 1.2.3.4 and v10.15.7 are out
section 1.2.3.4 of the rules
we are open 24/7 and 3/4 of us agree
the score was 21:15 and John 3:16
it costs 12.50 for 3 people
see https://example.com/news/2024/03/15/story-12345678.html
https://example.com/docs/reset-password and www.example.org/page?id=12
@handle and user@localhost
icon@2x.png
IBAN DE89 3704 0044 0532 0130 01 is wrong
4111 1111 1111 1112 fails
000-12-3456 is none
DNI 12345678A
CPF 529.982.247-24
I may go in May, Mark my words, Will you? Rose is a flower. Paris is nice.
March on! 3 Mars bars. I may 3 times
in 2024 there were 1,200 books
ISBN 978-0-306-40615-7
ISBN 0306406152
chapters 3-5, pages 120-140
room 204, floor 3, gate 12
he said "I am coming" and "Good Morning to You"
the so-called "Smart Home" thing, click "My Account"
"free" books, 'quoted words' and don't
Er sagte: „Das ist gut.“
「はい」と言いました
I lost 20 pounds, add 2 pounds of flour
ISO-9001, COVID-19, UTF-8, RFC-2119
order 2 books, ticket for 3
promo code SAVE20, error 40412
commit 3f9c2a71b0de4f5a6b7c8d9e0f1a2b3c4d5e6f70
3時間かかります。24時間営業
Ich bin Lehrer. Ich bin Montag da. Hallo zusammen, Guten Tag
Dear Customer, Hi there, Hello World, Thanks All
I am German. This is Great
St. Mary's Church, San Francisco, Santa Maria
お客様、皆さん、スタッフさん
2 miles down the street, 5 roads
auf Platz 3, Parkplatz 12, 5 am Montag
ratio 16:10
12345678
1080p video, 4k
std::vector a::b
sk-learn and risk-averse
5 stars, 10 % off, 100 km
"""
