using TopicGrpc.Shared.Content;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Contract;

/// <summary>Messages that are too large for one response come in pages that merge to the message.</summary>
public sealed class MessagePagesTests
{
    private const int DefaultReceiveLimit = 4 << 20;

    [Fact]
    public void Cut_SmallMessage_IsOnePage()
    {
        Fit fit = WithVocabulary("rocket", "lunar");

        MessagePage<Fit> page = MessagePages.Cut(fit.Clone(), string.Empty);

        Assert.Equal(fit, page.Message);
        Assert.Empty(page.OmittedLists);
        Assert.Empty(page.NextToken);
    }

    [Fact]
    public void Cut_LargeListsOfEveryKind_PagesStaySmallAndMergeToTheMessage()
    {
        Fit fit = LargeFit();

        List<MessagePage<Fit>> pages = ReadAll(fit);

        Assert.True(pages.Count > 3, $"{pages.Count} pages");
        Assert.All(pages, static page => Assert.InRange(page.Message.CalculateSize(), 1, MessagePages.MaxBytes));
        Assert.Equal(
            [
                ("settings.vectorizer.vocabulary", 700_000L),
                ("settings.ctfidf.seed_words", 90_000L),
                ("report.quality.topic_persistences", 60_000L),
                ("operation.merge_topics.groups", 50_000L),
            ],
            pages[0].OmittedLists.Select(static list => (list.Path, list.Count)));
        Assert.Equal(["Too few."], pages[0].Message.Report.Warnings);
        Fit merged = new();
        pages.ForEach(page => merged.MergeFrom(page.Message));
        Assert.Equal(fit, merged);
    }

    [Fact]
    public void Cut_StateChangesBetweenPages_PagesStillMerge()
    {
        Fit fit = LargeFit();
        MessagePage<Fit> first = MessagePages.Cut(fit.Clone(), string.Empty);
        Fit merged = first.Message;

        Fit ended = fit.Clone();
        ended.Error = new Google.Rpc.Status { Message = new string('x', 2000) };
        for (string token = first.NextToken; token.Length > 0;)
        {
            MessagePage<Fit> page = MessagePages.Cut(ended.Clone(), token);
            merged.MergeFrom(page.Message);
            token = page.NextToken;
        }

        Assert.Equal(fit, merged);
    }

    [Fact]
    public void Cut_ElementBeyondThePageSize_ComesAlone()
    {
        Fit fit = WithVocabulary("a", new string('b', 3_500_000), "c");

        List<MessagePage<Fit>> pages = ReadAll(fit);

        Assert.Equal([0, 1, 1, 1], pages.Select(static page => page.Message.Settings?.Vectorizer?.Vocabulary.Count ?? 0));
        Assert.All(pages, static page => Assert.True(page.Message.CalculateSize() < DefaultReceiveLimit));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("0")]
    [InlineData("-1-0")]
    [InlineData("9-0")]
    [InlineData("0-99999999")]
    public void Cut_ForeignToken_Throws(string token) => Assert.Throws<FormatException>(() => MessagePages.Cut(LargeFit(), token));

    private static List<MessagePage<Fit>> ReadAll(Fit fit)
    {
        List<MessagePage<Fit>> pages = [];
        string token = string.Empty;
        do
        {
            MessagePage<Fit> page = MessagePages.Cut(fit.Clone(), token);
            pages.Add(page);
            token = page.NextToken;
        }
        while (token.Length > 0);

        return pages;
    }

    private static Fit WithVocabulary(params string[] terms) =>
        new() { Settings = new FitSettings { Vectorizer = new VectorizerSettings { Vocabulary = { terms } } } };

    private static Fit LargeFit()
    {
        Fit fit = new()
        {
            Name = "fits/f",
            State = Fit.Types.State.Running,
            Settings = new FitSettings
            {
                Seed = 7,
                Vectorizer = new VectorizerSettings { Lowercase = true },
                Ctfidf = new CtfidfSettings(),
            },
            Report = new FitReport { TopicCount = 3, Warnings = { "Too few." }, Quality = new FitQuality { Seed = 7 } },
            Operation = new VersionOperation { MergeTopics = new VersionOperation.Types.MergeTopics() },
        };
        fit.Settings.Vectorizer.Vocabulary.AddRange(Enumerable.Range(0, 700_000).Select(static index => $"v{index}"));
        fit.Settings.Ctfidf.SeedWords.AddRange(Enumerable.Range(0, 90_000).Select(static index => $"s{index}"));
        foreach (int topic in Enumerable.Range(0, 60_000))
        {
            fit.Report.Quality.TopicPersistences.Add(topic, topic / 60_000.0);
        }

        fit.Operation.MergeTopics.Groups.AddRange(Enumerable.Range(0, 50_000).Select(static index =>
            new VersionOperation.Types.MergeTopics.Types.Group { TopicIds = { index * 2, (index * 2) + 1 } }));
        return fit;
    }
}
