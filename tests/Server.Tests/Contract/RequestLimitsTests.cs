using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Shared;
using TopicGrpc.Shared.Limits;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Contract;

public sealed class RequestLimitsTests
{
    [Fact]
    public void Check_EverythingWithinItsLimits_Nothing() => Assert.Null(RequestLimits.Check(new StartFitRequest
    {
        Model = "models/news",
        Corpus = "corpora/news",
        Settings = new FitSettings { Umap = new UmapSettings { NNeighbors = 200, MinDist = -0.0 }, SeedTopicList = { Seed("moon") } },
        AssignLabels = { "stable" },
    }));

    [Fact]
    public void Check_SeveralFields_EachByItsWholePath()
    {
        StartFitRequest request = new()
        {
            Model = "news",
            Corpus = "corpora/news",
            Settings = new FitSettings
            {
                Umap = new UmapSettings { NNeighbors = 1, LearningRate = double.NaN },
                SeedTopicList = { Seed("a"), Seed("b"), Seed("c"), Seed(" ") },
                RepresentationModel = new RepresentationSettings { Aspects = { new AspectSettings { Name = "Main" } } },
            },
            AssignLabels = { "stable", "Stable" },
        };

        Assert.Equal(
            [
                "model",
                "settings.umap.n_neighbors",
                "settings.umap.learning_rate",
                "settings.seed_topic_list[3].words[0]",
                "settings.representation_model.aspects[0].name",
                "assign_labels[1]",
            ],
            Fields(request));
    }

    [Fact]
    public void Check_OneNumber_NamesItsRangeAndTheValue()
    {
        ViolationList found = RequestLimits.Check(Fit(new UmapSettings { NNeighbors = 201 }))!;

        Assert.Equal("settings.umap.n_neighbors: must be 2 to 200, 201 given", found.ToString());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1.7e308)]
    [InlineData(0.0)]
    public void Check_LearningRateOutOfRange_ItsField(double value) =>
        Assert.Equal(["settings.umap.learning_rate"], Fields(Fit(new UmapSettings { LearningRate = value })));

    [Fact]
    public void Check_SpreadBelowTheDefaultDistance_FieldOfTheDistance() =>
        Assert.Equal(["settings.umap.min_dist"], Fields(Fit(new UmapSettings { Spread = 0.01 })));

    [Fact]
    public void Check_LargestInteger_FieldOfTheTopicSize() => Assert.Equal(
        ["settings.min_topic_size"],
        Fields(
            new StartFitRequest { Model = "models/a", Corpus = "corpora/a", Settings = new FitSettings { MinTopicSize = int.MaxValue } }));

    [Fact]
    public void Check_ManyEmptySeedTopics_TheListOnly()
    {
        FitSettings settings = new();
        for (int index = 0; index < 100_000; index++)
        {
            settings.SeedTopicList.Add(new FitSettings.Types.SeedTopic());
        }

        StartFitRequest request = new() { Model = "models/a", Corpus = "corpora/a", Settings = settings };
        long before = GC.GetAllocatedBytesForCurrentThread();
        ViolationList found = RequestLimits.Check(request)!;

        Assert.Equal("settings.seed_topic_list: at most 500 elements, 100000 given", found.ToString());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Check_ManyViolations_TwentyAndTheNumberOfTheOthers()
    {
        FitSettings settings = new();
        for (int index = 0; index < 500; index++)
        {
            settings.SeedTopicList.Add(new FitSettings.Types.SeedTopic());
        }

        ViolationList found = RequestLimits.Check(new StartFitRequest { Model = "models/a", Corpus = "corpora/a", Settings = settings })!;

        Assert.InRange(found.Items.Count, 10, ViolationList.MaxItems);
        Assert.Equal(500, found.Count);
        Assert.EndsWith(FormattableString.Invariant($"; and {500 - found.Items.Count} more"), found.ToString(), StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(found.ToString()), 1, 2200);
    }

    [Fact]
    public void Check_LongValue_ShortenedInTheError()
    {
        ViolationList found = RequestLimits.Check(new GetModelRequest { Name = new string('ü', 1_000_000) })!;

        Assert.Equal("name", Assert.Single(found.Items).Field);
        Assert.InRange(Encoding.UTF8.GetByteCount(found.ToString()), 1, 300);
    }

    [Theory]
    [InlineData(999_999_999_999, 0)]
    [InlineData(-99_999_999_999, 0)]
    [InlineData(0, 2_000_000_000)]
    [InlineData(0, -5)]
    public void Check_TimeOutOfRange_FieldOfTheTime(long seconds, int nanos) => Assert.Equal(
        ["event_time"],
        Fields(new Document { Id = "a", EventTime = new Timestamp { Seconds = seconds, Nanos = nanos } }));

    [Fact]
    public void FromProto_TimeOutOfRange_FaultOfThatDocumentAlone()
    {
        IngestDocumentsRequest.Types.Chunk chunk = new()
        {
            Documents = { new Document { Id = "a", EventTime = new Timestamp { Seconds = 999_999_999_999 } }, new Document { Id = "b" } },
        };

        IncomingChunk incoming = CorpusMapping.FromProto(chunk);

        Assert.Equal([0], incoming.Faults.Keys);
        Assert.Equal("event_time", Assert.Single(incoming.Faults[0].Violations).Field);
    }

    [Theory]
    [InlineData(-62_135_596_800, 0)]
    [InlineData(253_402_300_799, 999_999_999)]
    public void Check_FirstAndLastTime_ConvertWithoutError(long seconds, int nanos)
    {
        Timestamp time = new() { Seconds = seconds, Nanos = nanos };

        Assert.Null(RequestLimits.Check(new Document { Id = "a", EventTime = time }));
        Assert.InRange(time.ToDateTimeOffset(), DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
    }

    [Fact]
    public void Check_Map_KeysAndValuesByKey()
    {
        Document document = new() { Id = "a", Attributes = { ["group"] = new string('x', 257), [new string('k', 65)] = "v" } };

        Assert.Equal(
            ["attributes[" + new string('k', 64) + "…]", "attributes[group]"], Fields(document).Order(StringComparer.Ordinal).Reverse());
    }

    [Fact]
    public void Check_DocumentsOfAChunk_LeftToTheCorpus()
    {
        IngestDocumentsRequest request = new() { Chunk = new IngestDocumentsRequest.Types.Chunk { Documents = { new Document() } } };

        Assert.Null(RequestLimits.Check(request));
        Assert.Equal(["chunk.documents"], Fields(new IngestDocumentsRequest { Chunk = new IngestDocumentsRequest.Types.Chunk() }));
    }

    [Fact]
    public void Check_OnlyAnOversizedText_ReasonAndSizes()
    {
        PredictRequest request = new() { Selector = new ModelSelector { Model = "models/a" }, Text = new string('x', (1 << 20) + 1) };

        Violation only = Assert.Single(RequestLimits.Check(request)!.Items);

        Assert.Equal((ErrorReasons.InputTooLarge, "text", 1L << 20, (1L << 20) + 1), (only.Reason, only.Field, only.Limit, only.Actual));
    }

    [Fact]
    public void Check_MissingMessagesAndChoices_MustBeSet()
    {
        Assert.Equal(["selector"], Fields(new PredictRequest { Text = "a" }));
        Assert.Equal(
            ["operation"],
            Fields(new DeriveVersionRequest { Selector = new ModelSelector { Model = "models/a" }, Operation = new VersionOperation() }));
        Assert.Equal(["kind"], Fields(new RenderChartRequest { Selector = new ModelSelector { Model = "models/a" } }));
    }

    [Fact]
    public void Check_Prediction_AllocatesLittle()
    {
        PredictRequest request = new()
        {
            Selector = new ModelSelector { Model = "models/news", VersionLabel = "stable" },
            Text = new string('a', 500),
        };
        RequestLimits.Check(request);
        long before = GC.GetAllocatedBytesForCurrentThread();
        RequestLimits.Check(request);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2048);
    }

    private static IEnumerable<string> Fields(IMessage request) =>
        RequestLimits.Check(request)!.Items.Select(static violation => violation.Field);

    private static StartFitRequest Fit(UmapSettings umap) =>
        new() { Model = "models/news", Corpus = "corpora/news", Settings = new FitSettings { Umap = umap } };

    private static FitSettings.Types.SeedTopic Seed(string word) => new() { Words = { word } };
}
