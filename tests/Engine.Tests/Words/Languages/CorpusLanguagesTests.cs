using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Words.Languages;
using Xunit;

namespace TopicGrpc.Engine.Tests.Words.Languages;

public sealed class CorpusLanguagesTests
{
    [Theory]
    [InlineData("en", "The bank has not sent me the new card that I asked for last week")]
    [InlineData("de", "Die Regierung hat sich mit der Opposition auf ein neues Gesetz geeinigt")]
    [InlineData("fr", "Le gouvernement a annoncé que les écoles seront fermées dans tout le pays")]
    [InlineData("es", "El gobierno anunció que las escuelas estarán cerradas en todo el país")]
    [InlineData("pt", "O governo anunciou que as escolas não vão abrir em todo o país")]
    [InlineData("it", "Il governo ha annunciato che le scuole saranno chiuse in tutto il paese")]
    [InlineData("nl", "De regering heeft aangekondigd dat de scholen in het hele land gesloten blijven")]
    [InlineData("sv", "Regeringen har meddelat att skolorna inte ska öppna och att alla måste stanna hemma")]
    [InlineData("da", "Regeringen har meddelt at skolerne ikke bliver åbnet og at alle skal blive hjemme af hensyn til hinanden")]
    [InlineData("no", "Regjeringen har sagt at skolene ikke skal åpne og at alle må bli hjemme av hensyn til hverandre")]
    [InlineData("fi", "Hallitus on päättänyt että koulut eivät avaudu ja että kaikki ovat kotona")]
    [InlineData("pl", "Rząd ogłosił, że szkoły nie zostaną otwarte i że wszyscy muszą być w domu")]
    [InlineData("cs", "Vláda oznámila, že školy se neotevřou a že všichni musí být doma, protože je to nutné")]
    [InlineData("ru", "Правительство объявило, что школы не откроются и что все должны быть дома")]
    [InlineData("uk", "Уряд оголосив, що школи не відкриються і що всі повинні бути вдома")]
    [InlineData("tr", "Hükümet okulların açılmayacağını ve herkes için bir karar olduğunu açıkladı")]
    [InlineData("hu", "A kormány bejelentette, hogy az iskolák nem nyitnak ki, és hogy mindenki otthon lesz")]
    [InlineData("ro", "Guvernul a anunțat că școlile nu se vor deschide și că toți trebuie să fie acasă")]
    [InlineData("el", "Η κυβέρνηση ανακοίνωσε ότι τα σχολεία δεν θα ανοίξουν")]
    [InlineData("ar", "أعلنت الحكومة أن المدارس لن تفتح")]
    [InlineData("hi", "सरकार ने कहा कि स्कूल नहीं खुलेंगे")]
    [InlineData("zh", "政府宣布学校不会开放")]
    [InlineData("ja", "政府は学校を開かないと発表した")]
    [InlineData("ko", "정부는 학교를 열지 않는다고 발표했다")]
    [InlineData("th", "รัฐบาลประกาศว่าโรงเรียนจะไม่เปิด")]
    [InlineData("id", "Pemerintah mengumumkan bahwa sekolah tidak akan dibuka dan semua orang harus di rumah")]
    public void Read_OneSentence_FindsItsLanguage(string language, string text) =>
        Assert.Equal(new LanguageShare(language, 1), Assert.Single(Read(text).Shares));

    [Fact]
    public void Read_SeveralLanguages_ReportsSharesOfDocuments()
    {
        CorpusLanguages languages = Read(
            "This is the first of the documents", "And this one is in English too", "It has the same words as the others",
            "Das ist ein deutscher Satz mit einem Verb", "12345", "kubernetes postgres");

        Assert.Equal([new LanguageShare("en", 0.75), new LanguageShare("de", 0.25)], languages.Shares);
    }

    [Fact]
    public void Read_ScriptWithoutList_IsUndetermined()
    {
        LanguageShare share = Assert.Single(Read("ମୁଁ ଓଡ଼ିଆ").Shares);

        Assert.Equal(LanguageShare.Undetermined, share.Language);
    }

    [Fact]
    public void Read_NoKnownWord_HasNoLanguage() => Assert.Empty(Read("graphics card", "", "2024").Shares);

    [Theory]
    [InlineData("Die Größe", false)]
    [InlineData("cafe\u0301", true)]
    [InlineData("हिन्दी", true)]
    [InlineData("经济", true)]
    [InlineData("Привет мир", false)]
    public void NeedSegmentation_Text_FollowsItsScript(string text, bool expected) => Assert.Equal(expected, Read(text).NeedSegmentation);

    [Fact]
    public void Read_AnyThreads_SameShares()
    {
        string[] texts = [.. Enumerable.Range(0, 700).Select(static i => i % 3 == 0 ? "das ist es" : "this is it and that")];

        var one = CorpusLanguages.Read(texts, new ComputeOptions { Threads = 1 }, TestContext.Current.CancellationToken);
        var two = CorpusLanguages.Read(texts, new ComputeOptions { Threads = 2 }, TestContext.Current.CancellationToken);

        Assert.Equal(one.Shares, two.Shares);
        Assert.Equal("en", one.Shares[0].Language);
    }

    [Fact]
    public void All_Languages_HaveDistinctCodesNamesAndWords()
    {
        Assert.True(Language.All.Count >= 20);
        Assert.Equal(Language.All.Count, Language.All.Select(static language => language.Code).Distinct().Count());
        Assert.Equal(Language.All.Count, Language.All.Select(static language => language.Name).Distinct().Count());
        Assert.All(Language.All, static language =>
        {
            Assert.InRange(language.StopWords.Count, 80, 400);
            Assert.All(language.StopWords, static word => Assert.Equal(word.ToLowerInvariant(), word));
            Assert.Same(language, Language.Find(language.Code));
            Assert.Same(language, Language.Find(language.Name));
        });
    }

    [Theory]
    [InlineData("didn", true)]
    [InlineData("isn", true)]
    [InlineData("ll", true)]
    [InlineData("ve", true)]
    [InlineData("the", true)]
    [InlineData("top", false)]
    [InlineData("bill", false)]
    [InlineData("system", false)]
    [InlineData("show", false)]
    [InlineData("fire", false)]
    [InlineData("interest", false)]
    public void English_Word_IsAStopWordOnlyWithoutContent(string word, bool expected) =>
        Assert.Equal(expected, Language.Find("en")!.StopWords.Contains(word));

    private static CorpusLanguages Read(params string[] texts) =>
        CorpusLanguages.Read(texts, ComputeOptions.Default, TestContext.Current.CancellationToken);
}
