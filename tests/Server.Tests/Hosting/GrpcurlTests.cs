using System.Diagnostics;
using System.Text.RegularExpressions;
using TopicGrpc.Server.Tests.Fitting;
using TopicGrpc.Shared;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Hosting;

/// <summary>The contract as a client without our code sees it: grpcurl reads it by reflection.</summary>
public sealed class GrpcurlTests
{
    [Fact]
    public async Task Grpcurl_ReflectionOn_ListsPredictsAndChecksHealth()
    {
        string grpcurl = FindTool();
        await using TestServer server = await TestServer.FittedAsync(("Server:Reflection", "true"));

        string services = await RunAsync(grpcurl, server, "list");
        string prediction = await RunAsync(
            grpcurl,
            server,
            "topicgrpc.v1.PredictionService/Predict",
            """
            {"selector":{"model":"models/m","versionLabel":"stable"},"text":"rocket launch lunar orbit","options":{"includeWords":true}}
            """);
        string topics = await RunAsync(grpcurl, server, "topicgrpc.v1.TopicService/ListTopics", """{"selector":{"model":"models/m"}}""");
        string health = await RunAsync(grpcurl, server, "grpc.health.v1.Health/Check", "{}");

        Assert.All(ContractServices.All, service => Assert.Contains(service.FullName, services, StringComparison.Ordinal));
        Assert.Contains("models/m/versions/1", prediction, StringComparison.Ordinal);
        Assert.Contains("\"rocket\"", prediction, StringComparison.Ordinal);
        Assert.True(topics.Contains("representative_documents", StringComparison.Ordinal), topics);
        Assert.Contains("SERVING", health, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grpcurl_WrongInput_ShowsReasonAndFieldAsText()
    {
        string grpcurl = FindTool();
        await using TestServer server = await TestServer.FittedAsync(("Server:Reflection", "true"));

        (int exitCode, string _, string error) = await StartAsync(
            grpcurl,
            [
                "-plaintext", "-d", """{"selector":{"model":"models/m"},"text":" "}""", server.Address.Authority,
                "topicgrpc.v1.PredictionService/Predict",
            ]);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("InvalidArgument", error, StringComparison.Ordinal);
        Assert.Contains("\"reason\": \"INPUT_EMPTY\"", error, StringComparison.Ordinal);
        Assert.Contains("\"field\": \"text\"", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grpcurl_FitWithAMillionWords_WatchesReadsAndListsWithDefaultLimits()
    {
        string grpcurl = FindTool();
        await using TestServer server = await TestServer.StartAsync(("Server:Reflection", "true"));
        await server.FillCorpusAsync("news", 200);
        StartFitResponse started = await server.Fits.StartFitAsync(
            LargeSettings.Request(1_000_000), cancellationToken: TestContext.Current.CancellationToken);
        string name = $$"""{"name":"{{started.Fit.Name}}"}""";

        string events = await RunAsync(grpcurl, server, "topicgrpc.v1.FitService/WatchFit", name);
        string fit = await RunAsync(grpcurl, server, "topicgrpc.v1.FitService/GetFit", name);
        string token = Regex.Match(fit, "\"next_page_token\": \"([^\"]+)\"").Groups[1].Value;
        string page = await RunAsync(
            grpcurl, server, "topicgrpc.v1.FitService/GetFit", $$"""{"name":"{{started.Fit.Name}}","page_token":"{{token}}"}""");
        string version = await RunAsync(grpcurl, server, "topicgrpc.v1.ModelService/GetVersion", """{"name":"models/m/versions/1"}""");
        string fits = await RunAsync(grpcurl, server, "topicgrpc.v1.FitService/ListFits", "{}");
        string versions = await RunAsync(grpcurl, server, "topicgrpc.v1.ModelService/ListVersions", """{"parent":"models/m"}""");

        Assert.Contains("STATE_SUCCEEDED", events, StringComparison.Ordinal);
        Assert.Contains("settings.vectorizer.vocabulary", fit, StringComparison.Ordinal);
        Assert.Contains("report.settings.vectorizer.vocabulary", version, StringComparison.Ordinal);
        Assert.Contains("\"rocket\"", page, StringComparison.Ordinal);
        Assert.Contains(started.Fit.Name, fits, StringComparison.Ordinal);
        Assert.Contains("models/m/versions/1", versions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grpcurl_ReflectionOffByDefault_IsRefused()
    {
        string grpcurl = FindTool();
        await using TestServer server = await TestServer.StartAsync();

        (int exitCode, string _, string error) = await StartAsync(grpcurl, ["-plaintext", server.Address.Authority, "list"]);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("reflection", error, StringComparison.OrdinalIgnoreCase);
    }

    private static string FindTool()
    {
        string tool = Checkout.Shared("tools", "grpcurl");
        if (!File.Exists(tool))
        {
            Assert.Skip($"{tool} is missing.");
        }

        return tool;
    }

    private static async Task<string> RunAsync(string grpcurl, TestServer server, string method, string? request = null)
    {
        string[] data = request is null ? [] : ["-d", request];
        (int exitCode, string output, string error) = await StartAsync(grpcurl, ["-plaintext", .. data, server.Address.Authority, method]);
        Assert.True(exitCode == 0, error);
        return output;
    }

    private static async Task<(int ExitCode, string Output, string Error)> StartAsync(string tool, string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
