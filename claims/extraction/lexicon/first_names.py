"""Common first names of all continents that imply "he" or "she"; names of both genders are left out. Surnames first."""

from claims.extraction.lexicon import word_set

MALE_FIRST_NAMES = word_set(
    """
    aaron abdel abdou abdul abdulaziz abdullah abhishek abiy abraham adam adel adem adil aditya adrian agus ahmed
    aiden ajay akash akbar akin akinwumi alain alan alasdair alassane alastair albert alberto alejandro alejo
    aleksander aleksandr alessandro alex alexander alexandre alexandros alexei alexis alfonso alfred alfredo ali
    alistair aliyu allen alvaro alvin amadou ambrose amir amit anand anatoly anders andre andreas andrei andrej
    andrew andrzej andrés angelo angus anil ansu anthony antoine antonin antonio antonis anwar arif arjun armando
    arne arnold arsene arthur arturo arvind ashok ashraf asif asim atiku attila augusto austin ayman aziz
    babar babatunde bakari balázs barack barry bartosz bashar bashir bayo bekele ben benito benjamin benoit bernard
    bernie bert bheki bilal bill billy bjorn björn bob bobby bogdan bohdan bongani boris boubacar brad bradley
    brahim brandon brendan brent brett brian bruce bruno bryan burak callum calvin carl carles carlos cem cesar
    chandan charles charlie chester chidi chinedu chris christian christopher chuck chukwudi chukwuemeka clarence
    clark claudio clayton clifford clint clive colin colm conor corey cormac craig crispin cristian cristiano
    curtis cyril cyrus césar dafydd daisuke dale damian damien dan daniel danny darius darragh darren dave david
    davide dean declan deepak denis dennis denzel derek desmond detlef diarmuid dick diego dieter dietrich dikembo
    dimitri dimitris dinesh dirk djibril dmitri dmitry dominic don donal donald doug douglas drago duarte duncan
    dwight eamon earl ebrahim ed eddie edgar edgardo edin edmund eduardo edward edwin efrain eitan ekrem eli elias
    elijah elis elon emeka emil emile emilio emlyn emmanuel emre enrique enzo eoin erdal eric erik erling ernest
    ernesto ernst esteban etienne eugene evan evgeny ewan eyal fabio fabrice faisal farhan farid farouk federico felipe
    felix femi ferenc fergus fernand fernando fidel fikret filip flavio florian francesco francis francisco
    francois frank franklin françois fred frederick friedrich fritz gabriel gareth gary gaston gaurav gavin
    geoffrey george georges georgi georgios geraint gerald gerard gerardo gerd gerhard germain gethin ghassan
    giacomo gianni gilberto giles gilles giorgio giovanni giuseppe glenn gonzalo goran gordon graham greg gregor
    gregory guido guillermo gunnar gunter gustavo guy gwyn günter habib hadi hakan hamad hamid hamish hamza hans
    haris harish harold harry haruki harun harvey hassan hector heinrich helmut henri henrik henry herbert herman
    hiroshi hocine horacio horst hossein howard hubert hugh hugo hussain hussein huw héctor hüseyin iain ian
    ibrahim ieuan igor iker ilham ilias imran imre ingvar isaac isamu ismael ismail ivan iván jaap jack jacob
    jacques jaime jair jake jakob jakub jamal james jamie jan janos jared jaroslav jarosław jarvis jason javier jay
    jeff jeffrey jeremiah jeremy jerome jerry jerzy jim jimmy jiro joachim joao jochen joe joel joey johan john
    johnny joko jomo jon jonas jonathan joost jordi jorge jorgen jose joseph josh joshua josé joão juan jude julian
    julio juma jurgen justin jános jürgen kabir kamal kamil kareem karim karl katsuya kazuo keiji keir keith kemal
    ken kenneth kevin khaled khalid kieran kiran kirk klaus kofi koji konstantin kurt kwabena kwame kwasi kyle
    lachlan lamine larry lars laszlo laurence laurent lawrence lazaro lech leo leon leonard leonardo leonid leroy
    liam lionel lloyd lorenzo lothar louis luca lucas luciano ludovic luigi luis luiz lukas lukasz luke lwazi
    lászló maciej magnus mahathir mahesh mahmoud mahmud malcolm malik mamadou manfred manish manmohan manoj manolis
    manuel marc marcel marcelo marcin marco marcus marek mario mariusz mark martin martín marvin masahiro massimo
    mateo mateusz mathias mathieu matt matteo matthew maurice mauricio mauro max maxim mehdi mehmet michael michel
    miguel mike mikhail milos miloš miroslav mitch mitt mobutu moctar mohamad mohamed mohammad mohammed mohan mohd
    moise morgan moses moussa muhammad mukesh murad murat musa mustafa mwai nabil naoki narendra naresh nasser
    nathan nathaniel naveen neeraj neil nelson newt niall nicholas nick nicolas nigel nikhil nikola nikolai nikos
    nitin nnamdi norbert norman obafemi oisin olaf oleg oliver olivier olumide olusegun omar omer orhan osama oscar
    osman otto ousmane owen pablo padraig paolo pascal pasquale patrice patrick paul paulo pavel pawel paweł pedro
    pete peter petr petros phil philip phillip pier pierluigi pierre piotr pradeep prakash pramod prasad pravin
    pádraig rachid radek radoslaw rafael rahul raila raimundo raj rajesh rajiv rakesh ralph ramesh rami ramiro
    ramon ramzan randall randy rashid raul ravi ray rayan raymond recep reginald rex reza rhys ricardo riccardo
    richard rick rishi robert roberto rod rodney rodrigo roger rohan rohit roland rolf roman ron ronald rory ross
    roy ruairi ruben rubén rudolph rudy rush russell rustam rustem ryan sachin saeed salah saleh salif salim salman
    salvador salvatore sam samir samuel sandeep sanjay sanjeev santiago satoshi satya saul scott seamus sean
    sebastian sebastián sekou selim semyon serge sergei sergey sergio seth seán shahbaz shahid shane shawn shigeru
    shimon shinji shinzo siddharth sidney simon sipho slobodan sobhan stanislav stanisław stanley stefan stefano stelios
    stephen steve steven stewart stuart stéphane subhash sudhir suleiman suleyman sundar sunil suresh sven süleyman
    taher takeshi takumi tamas tamás tariq taro tatsuya tayyip ted tendai teodor terence thabo thad thaksin theodore
    thierry thomas thorsten tim timofey timothy tobias todd tom tomas tomasz tommy tomoki tomos tomás tony torsten
    travis trevor tsakani tyler ulrich umar umberto umesh uwe vaclav vasily venkat vernon vicente victor vijay
    vikram viktor vincent vincenzo vinod vitaly vivek vladimir vladislav volodymyr vuk václav wale waleed walid
    wallace walter warren wayne werner wesley wilbur wilhelm will willem william willie wim winston wojciech wole
    wolf wolfgang xavier yaakov yair yakov yakubu yanis yannis yasin yasir yasser yitzhak yoav yoram yoshihide
    yoshiro youssef yuri yusuf zachary zbigniew zeljko zlatan zoltan zoltán zoran ömer łukasz
    """
)
FEMALE_FIRST_NAMES = word_set(
    """
    aaliyah abena abigail adaeze adelaide adele adenike aditi adriana adwoa agata agnes agnieszka agnès aiko aisha
    aisling aissata akiko akua alba alejandra aleksandra alena alessandra alessia alexandra alice alicia alison
    amal amanda amber amelia amina aminata amira amrita amy ana anastasia anastasiya anaïs aneta angela angelina
    angelique anika anisa anita anja anjali anke ann anna anne annette annie annika anouk antje antonia aoife april
    arundhati asha ashley astrid asuka audrey ava ayesha aylin ayumi ayşe aïcha barbara beata beate beatrice
    beatriz becky belinda bernadette beth bethan betsy betty beverly bianca bintou birgit birgitta blathnaid
    bogumila bonnie brenda bridget brigitte brittany bronagh bronwyn bukola busisiwe bárbara caitriona camila
    camille candace carla carlota carly carmel carmen carol carole carolina caroline carolyn cassandra catarina
    catherina catherine cathy catriona cecilia celia chandrika charlotte chelsea cheryl chiara chidinma chinwe
    chioma chloe chloé christiane christina christine ciara cindy claire clara claudette claudia claudine colleen
    concepcion condoleezza connie constance consuelo corinne cornelia cristina cynthia daisy dalia danielle danuta
    daphne daria dawn debbie deborah debra deepa deepika deirdre delia denisa denise diana diane dianne dilma
    dilnoza dina dolores dolors dominika donna dora doris dorothy ebru edith edna eileen eilidh eilish ekaterina
    elaine eleanor elena elif elin elisa elisabeth elisabetta elise eliza elizabeth elke ella ellen ellie eloise
    elsa eluned elvira elżbieta emiko emily emine emma enid erica erin ermine esperanza estela esther ethel eugenia
    eunice eva evelyn ewa farah fatema fatima fatma fatou fatoumata fawzia federica ffion fiona fionnuala flora
    florence folake frances francesca francine françoise frauke frida funmi gabriela gail galina geeta gemma
    georgia geraldine gertrude ghada gina ginger giorgia giovanna gisela giulia gloria grace graciela grainne graça
    grażyna greta gráinne guadalupe gudrun gwen hadiza haifa halima hanan hanna hannah hannelore harriet haruka
    hatice haya hazel heather heba hedvig heidi heike helen helena helene helga henrietta hilary hildegard hillary
    hiroko holly huda hélène ida ilana ilse imelda imogen indira ines inga inge ingeborg ingrid inès inés irena
    irene irina iris isabel isabella isabelle isha ivana ivanka ivete izabela jacinda jacqueline jadwiga jana jane
    janet janice janina jasmine jayalalithaa jeanne jelena jemima jennifer jenny jessica jill joan joanna joanne
    johanna jolanta josephine joyce juanita judith judy julia juliana julie june jutta kamala kanako karen karin
    karina karolina katarina katarzyna kate katharina katherine kathleen kathryn kathy katie katja katrina kavita
    kayla keiko kellyanne khadija kimberly kinga kirsten klara kristen kristin kristina krystyna laila lakshmi lara
    lata latha latifa laura lauren layla leah leila lena leyla leïla lieke ligia liliana lillian lily linda lisa
    ljubica lois loretta lorraine lotte lourdes lucia lucy lucía luisa luiza lupita lydia maartje madeleine madison
    maeve magda magdalena maggie mahnaz maike mairead malala malgorzata manal manuela margaret margarita marged
    maria mariam mariama mariana marie marieke mariella marilyn marina marit marjorie marlene marta martha marwa
    mary maryam mathilde matilda maureen maya mayumi małgorzata meena meera megan mehwish melania melanie melinda
    melissa mercedes meryem mhairi mia michaela michele michelle michiko mildred milena minyon miranda mireille
    miriam moira molly monica monika montserrat mpho muriel máiréad nadia nadine naledi nancy nanette naoko naomi
    nasrin natalia natalie natasha natsuki nawal neema neha nele nell ngozi niamh nicola nicole nina nirmala njeri
    noor nora norma noura nuala nuria olayinka olena olga olivia olufunke opal oprah orla paloma pamela parveen
    patricia patty paula paulina pauline peggy penelope penny perpetua petra philippa phillipa phyllis piedad pilar
    pooja poppy precious priscilla priya priyanka pumla rachel radhika rajeshwari ramona rania rasha razia rebecca
    reem regina reiko rekha renata renate renee rhiannon rima rita ritu roberta rocío roisin rosa rosalind rosario
    rose rosemary roxanne ruba rubina ruth róisín sabine sabrina saida sakura sally salma samantha samira sandra
    sania sanna saoirse sapna sara sarah seema sevgi shabana shakira shanti sharon sheetal sheila shelly sherry
    shirley shreya sian sigrid silvia simona simone sinazo sinead sinéad siobhan siobhán sioned siân smita smriti
    snezana sofia soledad sonal sonia sonya sophia sophie soraya stacey stella stephanie sue sunita susan susana
    susanna susanne suzanne svetlana swati sylvia sylvie tamara tamsin tansu tanya tara tarja tatiana tatyana
    temitope teresa tessa thandi thandiwe thelma theodora theresa thuli tiffany tina tomoko tracy trudy ulla ulrike
    ursula urszula uschi ute valentina valeria valerie vandana vanessa vasundhara veerle vera verity veronica
    victoria vigdís viktoria vilma viola violet virginia vivian wanda wanjiru wendy whitney winnie yael yara yasmin
    yasmine yetunde yingluck yoko yolanda yolande yuki yuko yulia yuliya yvonne zaha zainab zanele zara zeinab
    zeynep zinaida zodwa zoe zuzana þórdís
    """
)
FIRST_NAMES = MALE_FIRST_NAMES | FEMALE_FIRST_NAMES
# East Asian surnames, which stand first: "Kim Min-jae", "Nguyen Thi Lan".
LEADING_SURNAMES = word_set(
    """
    bui cai cao chen cheng cho choi chung dang deng duong feng gao guo han hoang hong hu huang huynh hwang
    jeong jiang jung kang kim kwon lam li liang lim lin liu luo lý ma mao ngo ngô nguyen nguyễn oh park peng pham
    phạm phan ren seo shen shin su tang tian tran trần vo vũ wang wei wen wong wu xi xiao xie xu yang yao ye
    yoon yuan zeng zhang zhao zheng zhou zhu
    """
)
