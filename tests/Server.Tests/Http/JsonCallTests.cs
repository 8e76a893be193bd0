using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Google.Api;
using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.OpenApi;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Http;

public sealed class JsonCallTests
{
    [Fact]
    public void Contract_EveryMethodWithoutClientStream_HasAnHttpRule()
    {
        IEnumerable<string> wrong = ContractDescription.ReadFiles()
            .SelectMany(static file => file.Services)
            .SelectMany(static service => service.Methods)
            .Where(static method => method.IsClientStreaming == (method.GetOptions()?.HasExtension(AnnotationsExtensions.Http) == true))
            .Select(static method => method.FullName);

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Predict_AsJson_EqualsGrpc()
    {
        await using TestServer server = await TestServer.FittedAsync();
        using HttpCalls http = new(server);
        string text = ThemedTexts.Text(3);

        JsonNode json = (await http.PostAsync(
            "/api/v1/models/m:predict",
            $$$"""{"text": "{{{text}}}", "options": {"includeProbabilities": true}}""")).Ok();

        PredictResponse grpc = await server.Predictions.PredictAsync(
            new PredictRequest
            {
                Selector = new ModelSelector { Model = "models/m" },
                Text = text,
                Options = new PredictOptions { IncludeProbabilities = true },
            },
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(grpc.ModelVersion, json["modelVersion"]!.GetValue<string>());
        Assert.Equal(grpc.Prediction.TopicId, json["prediction"]!["topicId"]!.GetValue<int>());
        Assert.Equal(grpc.Prediction.Probability, json["prediction"]!["probability"]!.GetValue<double>());
        Assert.Equal(grpc.Prediction.TopicProbabilities.Count, json["prediction"]!["topicProbabilities"]!.AsArray().Count);
    }

    [Fact]
    public async Task Get_PathAndQuery_FillTheRequest()
    {
        await using TestServer server = await TestServer.FittedAsync();
        using HttpCalls http = new(server);

        JsonNode page = (await http.GetAsync(
            "/api/v1/models/m/topics?pageSize=1&selector.version_number=1&omitRepresentativeDocuments=true")).Ok();
        JsonNode topic = (await http.GetAsync("/api/v1/models/m/topics/0?selector.versionLabel=stable")).Ok()["topic"]!;
        string uid = topic["uid"]!.GetValue<string>();
        JsonNode byUid = (await http.GetAsync($"/api/v1/models/m/topicUids/{uid}")).Ok()["topic"]!;

        Assert.Single(page["topics"]!.AsArray());
        Assert.NotEmpty(page["nextPageToken"]!.GetValue<string>());
        Assert.Empty(page["topics"]![0]!["representativeDocuments"]!.AsArray());
        Assert.Equal(topic.ToJsonString(), byUid.ToJsonString());
    }

    [Fact]
    public async Task Response_Int64_IsAString()
    {
        await using TestServer server = await TestServer.FittedAsync();
        using HttpCalls http = new(server);

        JsonNode corpus = (await http.GetAsync("/api/v1/corpora/news")).Ok()["corpus"]!;

        Assert.Equal("200", corpus["documentCount"]!.GetValue<string>());
        Assert.Equal("STATE_READY", corpus["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task WatchFit_AsJson_IsOneEventPerLine()
    {
        await using TestServer server = await TestServer.FittedAsync();
        using HttpCalls http = new(server);
        JsonNode started = (await http.PostAsync(
            "/api/v1/fits",
            """{"model": "models/second", "corpus": "corpora/news", "settings": {"minTopicSize": 20}}""")).Ok();
        string fit = started["fit"]!["name"]!.GetValue<string>();

        HttpAnswer answer = await http.GetAsync($"/api/v1/{fit}:watch");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        string[] lines = answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        JsonNode[] events = [.. lines.Select(static line => JsonNode.Parse(line)!)];
        Assert.True(events.Length > 1);
        Assert.Equal("STATE_SUCCEEDED", events[^1]["fit"]!["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task StartFit_AsJson_FitsAndCancels()
    {
        await using TestServer server = await TestServer.FittedAsync();
        using HttpCalls http = new(server);

        JsonNode started = (await http.PostAsync(
            "/api/v1/fits",
            """{"model": "models/second", "corpus": "corpora/news", "settings": {"minTopicSize": 20, "umap": {"nNeighbors": 10}}}""")).Ok();
        string fit = started["fit"]!["name"]!.GetValue<string>();
        HttpAnswer cancelled = await http.PostAsync($"/api/v1/{fit}:cancel", [], mediaType: null);

        Assert.Equal(fit, cancelled.Ok()["fit"]!["name"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"texts": "a"}""", "'texts'", "is not a field of PredictRequest")]
    [InlineData("""{"text": "a", "options": {"includeProbs": true}}""", "options.'includeProbs'", "is not a field of PredictOptions")]
    [InlineData("""{"text": 7}""", "text", "must be a JSON string")]
    [InlineData("""{"text": "a", "options": []}""", "options", "must be a JSON object")]
    [InlineData("""{"text": "a", "options": {"mode": "FASTEST"}}""", "options.mode", "must be a value of PredictMode")]
    [InlineData("""{"text": "a", "options": {"includeProbabilities": "yes"}}""", "options.include_probabilities", "must be true or false")]
    [InlineData("""{"embedding": 1}""", "embedding", "must be a JSON array")]
    [InlineData("""{"embedding": [1, "x"]}""", "embedding[1]", "must be a number")]
    [InlineData("""{"text": "a", "text": "b"}""", "text", "is given twice")]
    [InlineData("""{"text": "\ud800"}""", "text", "must be valid UTF-8, without unpaired surrogates")]
    [InlineData(
        """{"text": "a", "selector": {"model": "models/x"}}""",
        "selector.model",
        "is set by the path of the URL and must not be in the body")]
    [InlineData("""{"text": "a", "selector": {"versionNumber": "1.5"}}""", "selector.version_number", "must be a 64-bit integer")]
    [InlineData(
        """{"text": "a", "selector": {"versionNumber": 1, "versionLabel": "stable"}}""",
        "selector.version_label",
        "only one field of 'version' may be set")]
    [InlineData("[]", "body", "must be a JSON object")]
    [InlineData("{\n\"text\": \"a\",,}", "body", "must be well-formed JSON; the error is in line 2, byte 12")]
    [InlineData("""{"text": "a"} x""", "body", "must be well-formed JSON; the error is in line 1, byte 14")]
    public async Task Predict_WrongBody_NamesTheField(string body, string field, string description)
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpCalls http = new(server);

        HttpAnswer answer = await http.PostAsync("/api/v1/models/m:predict", body);

        Assert.Equal(description, answer.Violation(field));
        Assert.Equal("INVALID_FIELD", answer.Reason);
        Assert.Equal(3, answer.Json["code"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("/api/v1/models/m/topics?size=3", "'size'", "is not a field of ListTopicsRequest")]
    [InlineData("/api/v1/models/m/topics?pageSize=many", "page_size", "must be a 32-bit integer")]
    [InlineData("/api/v1/models/m/topics?pageSize=1&pageSize=2", "page_size", "is given more than once")]
    [InlineData("/api/v1/models/m/topics?selector=x", "selector", "is a message: give its fields, such as selector.model")]
    [InlineData(
        "/api/v1/models/m/topics?selector.model=models/x",
        "selector.model",
        "is set by the path of the URL and must not be a query parameter")]
    [InlineData("/api/v1/models/m/topics/first", "topic_id", "must be a 32-bit integer")]
    [InlineData("/api/v1/models/m/topics?pageSize=-1", "page_size", "must be 0 or more, -1 given")]
    public async Task Get_WrongParameter_NamesTheField(string path, string field, string description)
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpCalls http = new(server);

        HttpAnswer answer = await http.GetAsync(path);

        Assert.Equal(description, answer.Violation(field));
    }

    [Fact]
    public async Task Post_QueryParameter_IsRejected()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpCalls http = new(server);

        HttpAnswer answer = await http.PostAsync("/api/v1/models/m:predict?text=a", "{}");

        Assert.Equal("is a query parameter, but the fields of this method belong into the body", answer.Violation("'text'"));
    }

    [Fact]
    public async Task Post_OtherContentType_IsRejected()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpCalls http = new(server);

        HttpAnswer answer = await http.PostAsync("/api/v1/models/m:predict", "text=a"u8.ToArray(), "application/x-www-form-urlencoded");

        Assert.Equal("must be application/json in UTF-8, without a Content-Encoding", answer.Violation("Content-Type"));
    }

    [Fact]
    public async Task Post_BodyAboveTheLimit_IsRejectedBeforeItIsStored()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpCalls http = new(server);
        byte[] body = Encoding.UTF8.GetBytes($$"""{"corpusId": "{{new string('a', 300_000)}}"}""");

        HttpAnswer answer = await http.PostAsync("/api/v1/corpora", body, "application/json");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.Equal("INPUT_TOO_LARGE", answer.Reason);
        Assert.Contains("at most 262144 bytes", answer.Json["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_LimitOfTheContract_HasTheViolationOfGrpc()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpCalls http = new(server);

        HttpAnswer answer = await http.PostAsync("/api/v1/corpora", """{"corpusId": "No Spaces"}""");

        Assert.Contains("must match", answer.Violation("corpus_id"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_UnknownResource_Is404WithReasonAndMetadata()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpCalls http = new(server);

        HttpAnswer answer = await http.GetAsync("/api/v1/models/none");

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("MODEL_NOT_FOUND", answer.Reason);
        Assert.Equal("models/none", answer.Detail("ErrorInfo")["metadata"]!["model"]!.GetValue<string>());
    }

    [Fact]
    public async Task Call_FullQueue_HasRetryAfter()
    {
        await using TestServer server = await TestServer.FittedAsync(("Embedding:MaxQueue", "1"), ("Embedding:Executors", "1"));
        using HttpCalls http = new(server);
        server.Embedder.Hold();
        Task<HttpAnswer>[] calls =
        [
            .. Enumerable.Range(0, 4).Select(index => http.PostAsync("/api/v1/models/m:predict", $$"""{"text": "text {{index}}"}""")),
        ];

        HttpAnswer rejected = await await Task.WhenAny(calls);
        server.Embedder.Release();
        await Task.WhenAll(calls);

        Assert.Equal(HttpStatusCode.TooManyRequests, rejected.Status);
        Assert.Equal("QUEUE_FULL", rejected.Reason);
        Assert.Equal("1", rejected.Headers["Retry-After"]);
        Assert.NotNull(rejected.Detail("RetryInfo")["retryDelay"]);
    }

    [Fact]
    public async Task Call_TimeoutHeader_IsTheDeadline()
    {
        await using TestServer server = await TestServer.FittedAsync();
        using HttpCalls http = new(server);
        server.Embedder.Hold();

        HttpAnswer late = await http.PostAsync("/api/v1/models/m:predict", """{"text": "a"}""", ("grpc-timeout", "50m"));
        HttpAnswer malformed = await http.PostAsync("/api/v1/models/m:predict", """{"text": "a"}""", ("grpc-timeout", "soon"));

        Assert.Equal(HttpStatusCode.GatewayTimeout, late.Status);
        Assert.Equal("The deadline has passed.", late.Json["message"]!.GetValue<string>());
        Assert.Contains("such as 250m", malformed.Violation("grpc-timeout"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_WithoutTimeout_HasTheDefaultDeadline()
    {
        await using TestServer server = await TestServer.FittedAsync(("Server:DefaultDeadline", "00:00:02"));
        using HttpCalls http = new(server);
        server.Embedder.Hold();

        HttpAnswer late = await http.PostAsync("/api/v1/models/m:predict", """{"text": "a"}""");

        Assert.Equal(HttpStatusCode.GatewayTimeout, late.Status);
        Assert.Contains("Server:DefaultDeadline", late.Json["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartFit_MillionsOfEmptyElements_AreRejectedBeforeTheyBecomeObjects()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpCalls http = new(server);
        string list = string.Join(',', Enumerable.Repeat("{}", 2_000_000));

        HttpAnswer answer = await http.PostAsync(
            "/api/v1/fits",
            $$$"""{"corpus": "corpora/c", "model": "models/m", "settings": {"seedTopicList": [{{{list}}}]}}""");

        Assert.Equal("at most 500 elements, 2000000 given", answer.Violation("settings.seed_topic_list"));
    }

    [Fact]
    public async Task Call_AfterTheGrace_IsRejectedAsDraining()
    {
        await using TestServer server = await TestServer.FittedAsync();
        using HttpCalls http = new(server);

        await server.Services.GetRequiredService<ServerDrain>().StoppingAsync(TestContext.Current.CancellationToken);
        HttpAnswer rejected = await http.PostAsync("/api/v1/models/m:predict", """{"text": "a"}""");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, rejected.Status);
        Assert.Equal("SERVER_DRAINING", rejected.Reason);
    }
}
