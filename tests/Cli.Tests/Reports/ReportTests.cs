using System.Text.Json;
using System.Text.Json.Nodes;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Reports;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Settings;
using TopicGrpc.Client.Topics;
using TopicGrpc.Testing;

namespace TopicGrpc.Cli.Tests.Reports;

public sealed class ReportTests
{
    [Fact]
    public async Task WriteAsync_Report_HasEveryPartInItsOrder()
    {
        using TempFolder folder = new();
        string path = folder.At("report.json");

        await ReportFile.WriteAsync(path, JobReport.Of(Result()), TestContext.Current.CancellationToken);

        JsonObject report = JsonNode.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken))!.AsObject();
        Assert.Equal(
            [
                "model", "version", "documents", "embedding", "settings", "choices", "resolution", "duplicates", "languages", "seed",
                "seconds", "documents_per_second", "quality", "topics", "frequencies", "outliers", "warnings", "predictions",
            ],
            report.Select(pair => pair.Key));
        Assert.Equal("""{"shape":[9,384],"documents_per_second":101.3,"embedded":9,"kept":0}""", report["embedding"]!.ToJsonString());
        Assert.Equal("""{"ingest":0.5,"embedding":2,"layout":0.25,"total":4}""", report["seconds"]!.ToJsonString());
        Assert.Equal("""{"embedding":101.3,"layout":36}""", report["documents_per_second"]!.ToJsonString());
        Assert.Equal(
            """
            {"topics":2,"outlier_share":0.25,"largest_topic":4,"largest_topic_share":0.5,"diversity":0.75,
            "coherence":{"c_npmi":0.125,"c_v":null},"topic_coherence":{"c_npmi":{"0":0.25,"1":0},"c_v":{}},
            "topic_persistence":{"1":0.5},"agreement":{"share":0.875,"sample_size":8},"seed":7,"encoder_sha256":"ab"}
            """.ReplaceLineEndings(""),
            report["quality"]!.ToJsonString());
        Assert.Equal("""{"seed":7}""", report["settings"]!.ToJsonString());
        Assert.Equal(7, report["seed"]!.GetValue<long>());
        Assert.Equal(
            """{"topic":-1,"count":2,"name":"-1_a","words":[{"word":"a","score":0.5}],"representative_documents":["text of a"]}""",
            report["topics"]![0]!.ToJsonString());
        Assert.Equal(
            """[{"topic":0,"count":4},{"topic":1,"count":3},{"topic":-1,"count":2}]""",
            report["frequencies"]!.ToJsonString());
        Assert.Equal(
            """
            {"text":"new","topic":1,"name":"1_c","mode":"density","probability":0.7,
            "basis":"cluster","known_document":true,"nearest":2,"nearest_similarity":0.4,"novelty":0.01,"is_novel":true,
            "probabilities":{"0":0.1,"1":0.7},"outlier_probability":0.2}
            """.ReplaceLineEndings(""),
            report["predictions"]![0]!.ToJsonString());
        Assert.Equal("[\"few topics\"]", report["warnings"]!.ToJsonString());
    }

    [Fact]
    public async Task WriteAsync_Documents_InTheOrderGiven()
    {
        using TempFolder folder = new();
        string path = folder.At("documents.jsonl");
        string input = folder.Write("in.jsonl", "{\"id\":\"z\",\"text\":\"\"}\n{\"id\":\"a\",\"text\":\"\"}\n");
        using var source = Cli.Input.InputSource.Open(input, new Cli.Input.InputFields(), Cli.Input.NewsgroupParts.None);
        DocumentTopic[] assigned = [new("a", -1, 0.0, IsRepresentative: false), new("z", 0, 0.875, IsRepresentative: true)];

        await DocumentsFile.WriteAsync(
            path,
            source.ReadAsync(TestContext.Current.CancellationToken),
            assigned,
            Result().Topics.Topics,
            TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                """{"id":"z","topic":0,"name":"0_b","probability":0.875,"representative":true}""",
                """{"id":"a","topic":-1,"name":"-1_a","probability":0,"representative":false}""",
            ],
            await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Serialize_LettersOutsideAscii_AsTheyAre() =>
        Assert.Equal("\"café 'x' + <y>\"", JsonSerializer.Serialize("café 'x' + <y>", Json.Line));

    [Fact]
    public void Line_Quality_TellsWhatWasMeasured()
    {
        Assert.Equal(
            "quality: 2 topics, 25.0% outliers, largest topic 4 (50.0% of the documents in topics), "
            + "c_npmi 0.125, diversity 0.750, predictions agree 87.5% of 8",
            QualityLine.Of(Quality).Replace(" %", "%", StringComparison.Ordinal));
        Assert.EndsWith("in topics)", QualityLine.Of(new FitQuality()), StringComparison.Ordinal);
    }

    private static FitQuality Quality { get; } = new()
    {
        TopicCount = 2,
        OutlierShare = 0.25,
        LargestTopicSize = 4,
        LargestTopicShare = 0.5,
        Diversity = 0.75,
        Coherences =
        [
            new TopicCoherence("c_npmi", 0.125, new Dictionary<int, double> { [1] = 0, [0] = 0.25 }),
            new TopicCoherence("c_v", null, new Dictionary<int, double>()),
        ],
        TopicPersistences = new Dictionary<int, double> { [1] = 0.5 },
        Agreement = new PredictionAgreement(0.875, 8),
        Seed = 7,
        EncoderSha256 = "ab",
    };

    private static JobResult Result() => new(
        new FitResult("f1", "news", 3, new FitReport
        {
            DocumentCount = 9,
            EmbeddingDimension = 384,
            DocumentsPerSecond = 101.34,
            Stages =
            [
                new StageTime(FitStage.Embedding, TimeSpan.FromSeconds(2), 101.34),
                new StageTime(FitStage.Layout, TimeSpan.FromMilliseconds(250), 36),
            ],
            Warnings = ["few topics"],
            Settings = new FitSettings { Seed = 7 },
            Quality = Quality,
            Elapsed = TimeSpan.FromSeconds(3.5),
        }),
        new TopicList
        {
            Model = "news",
            Version = 3,
            OutlierCount = 2,
            Topics =
            [
                Topic(-1, 2, "a"),
                Topic(0, 4, "b"),
                Topic(1, 3, "c"),
            ],
        },
        [
            (
                "new",
                new Prediction
                {
                    TopicId = 1,
                    Name = "1_c",
                    Mode = PredictMode.Density,
                    Probability = 0.7,
                    Basis = PredictionBasis.Cluster,
                    IsKnownDocument = true,
                    NearestTopicId = 2,
                    NearestSimilarity = 0.4,
                    Novelty = 0.01,
                    IsNovel = true,
                    Probabilities = new Dictionary<int, double> { [1] = 0.7, [0] = 0.1 },
                    OutlierProbability = 0.2,
                    Model = "news",
                    Version = 3,
                }),
        ],
        TimeSpan.FromSeconds(0.5));

    private static TopicInfo Topic(int id, long count, string word) => new()
    {
        Id = id,
        Count = count,
        Name = $"{id}_{word}",
        Words = [new TopicWord(word, 0.5)],
        RepresentativeDocuments = [new RepresentativeDocument(word, $"text of {word}")],
    };
}
