using System.Globalization;
using System.Text.Json.Nodes;
using Grpc.Net.Client;
using TopicGrpc.Server.Tests.Transfers;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.RealEncoder;

/// <summary>A model that BERTopic saved, through the wire and back, with the encoder that ships.</summary>
public sealed class GoldenImportTests : IAsyncLifetime
{
    private const double CosineTolerance = 1e-6;

    private readonly TempFolder _folder = new();
    private GoldenModel _golden = null!;
    private ServerHost _host = null!;
    private GrpcChannel _channel = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ModelSelector Addresses => new() { Model = "models/addresses" };

    private ModelService.ModelServiceClient Models => new(_channel);

    public async ValueTask InitializeAsync()
    {
        _golden = GoldenModel.Find();
        _host = await ServerHost.StartAsync(
            new ServerSettings { DataDirectory = Path.Combine(_folder.Path, "data"), Precision = "fast" }, Token);
        _channel = GrpcChannel.ForAddress(_host.Address);
        ModelVersion version = await ModelFolder.ImportAsync(Models, _golden.Saved, ModelFolder.Describe(_golden.Saved, "addresses"));
        Assert.Equal("sentence-transformers/all-MiniLM-L6-v2", version.ImportedFrom.EncoderName);
        Assert.Empty(version.Report.Warnings);
    }

    public async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task ListTopics_ImportedModel_HasTheRecordedWordsSizesAndNames()
    {
        ListTopicsResponse response = await new TopicService.TopicServiceClient(_channel).ListTopicsAsync(
            new ListTopicsRequest { Selector = Addresses, PageSize = 1000 }, cancellationToken: Token);

        JsonObject words = JsonNode.Parse(_golden.Text("words.json"))!.AsObject();
        JsonNode[] info = [.. JsonNode.Parse(_golden.Text("topic_info.json"))!.AsArray().Select(static row => row!)];
        Assert.Equal(info.Length, response.Topics.Count);
        Assert.All(response.Topics.Zip(info), pair =>
        {
            (Topic topic, JsonNode row) = pair;
            Assert.Equal(
                (row["topic"]!.GetValue<int>(), row["count"]!.GetValue<long>(), row["name"]!.GetValue<string>()),
                (topic.TopicId, topic.DocumentCount, topic.TopicName));
            (string, double)[] expected =
                [
                    .. words[topic.TopicId.ToString(CultureInfo.InvariantCulture)]!
                        .AsArray()
                        .Select(static word => (word![0]!.GetValue<string>(), word[1]!.GetValue<double>())),
                ];
            Assert.Equal(expected, topic.Words.Select(static word => (word.Term, word.Score)));
        });
    }

    [Fact]
    public async Task ListTopicDocuments_ImportedModel_HasTheRecordedTopicOfEveryDocument()
    {
        ListTopicDocumentsResponse response = await new TopicService.TopicServiceClient(_channel).ListTopicDocumentsAsync(
            new ListTopicDocumentsRequest { Selector = Addresses, PageSize = 5000 }, cancellationToken: Token);

        Assert.Equal(
            _golden.Rows<int>("topics/reduced/topics.npy").Select(static row => row[0]),
            response.Members.Select(static member => member.TopicId));
    }

    [Fact]
    public async Task Predict_RecordedVectors_GetTheRecordedTopicsAndCosines()
    {
        PredictionService.PredictionServiceClient predictions = new(_channel);
        float[][] vectors = _golden.Rows<float>("embeddings.npy");
        int[][] topics = _golden.Rows<int>("topics/reduced/centroid_topics_200.npy");
        float[][] cosines = _golden.Rows<float>("topics/reduced/centroid_probabilities_200.npy");

        for (int row = 0; row < topics.Length; row++)
        {
            PredictRequest request = new()
            {
                Selector = Addresses,
                Embedding = { vectors[row] },
                Options = new PredictOptions { IncludeProbabilities = true },
            };
            Prediction answer = (await predictions.PredictAsync(request, cancellationToken: Token)).Prediction;
            Assert.Equal((topics[row][0], PredictMode.Centroid), (answer.TopicId, answer.Mode));
            double[] given = [answer.OutlierProbability, .. answer.TopicProbabilities.Select(static topic => topic.Probability)];
            Assert.All(given.Zip(cosines[row]), static pair => Assert.Equal(pair.Second, pair.First, CosineTolerance));
        }
    }

    [Fact]
    public async Task ExportModel_ImportedModel_HasTensorsEqualToTheByteAndEqualFields()
    {
        string written = Path.Combine(_folder.Path, "written");

        await ModelFolder.ExportAsync(Models, "addresses", 1, written);

        foreach (string path in Directory.EnumerateFiles(_golden.Saved))
        {
            string copy = Path.Combine(written, Path.GetFileName(path));
            if (path.EndsWith(".json", StringComparison.Ordinal))
            {
                Assert.True(
                    JsonNode.DeepEquals(
                        JsonNode.Parse(await File.ReadAllTextAsync(path, Token)), JsonNode.Parse(await File.ReadAllTextAsync(copy, Token))),
                    path);
            }
            else
            {
                Assert.Equal(await File.ReadAllBytesAsync(path, Token), await File.ReadAllBytesAsync(copy, Token));
            }
        }

        Assert.Equal(Directory.GetFiles(_golden.Saved).Length, Directory.GetFiles(written).Length);
    }
}
