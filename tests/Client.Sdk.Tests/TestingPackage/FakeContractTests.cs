using System.Text.RegularExpressions;
using TopicGrpc.Client.Testing;
using TopicGrpc.Shared;

namespace TopicGrpc.Client.Sdk.Tests.TestingPackage;

public sealed partial class FakeContractTests : IDisposable
{
    // A message without fields, behind its header: no compression, no bytes.
    private static readonly byte[] EmptyMessage = new byte[5];
    private static readonly string Unimplemented =
        ((int)Grpc.Core.StatusCode.Unimplemented).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private readonly FakeTopicGrpc _fake = new();

    /// <summary>Every method of every service that the contract has.</summary>
    public static TheoryData<string> Methods =>
    [
        .. ContractServices.All
            .SelectMany(static service => service.Methods)
            .Select(static method => $"/{method.Service.FullName}/{method.Name}"),
    ];

    public void Dispose() => _fake.Dispose();

    [Fact]
    public void Methods_OfTheContract_AreFound()
    {
        Assert.Equal(
            [
                "ClusterService", "CorpusService", "FitService", "KeyService", "MaintenanceService", "MapService", "ModelService",
                "PredictionService", "ServerService", "TopicService",
            ],
            ContractServices.All.Select(static service => service.Name).Order(StringComparer.Ordinal));
        Assert.Contains("/topicgrpc.v1.TopicService/RenderChart", Methods.Select(static row => row.Data));
    }

    /// <summary>A method that was added to the contract fails here until a service of the fake overrides it.</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Method_OfTheContract_IsAnsweredOrNamesWhatScriptsIt(string path)
    {
        (string status, string message) = await CallAsync(path);

        // NOT_FOUND, INVALID_ARGUMENT or an answer: a handler looked at the request.
        if (status == Unimplemented)
        {
            Match member = Member().Match(message);
            Assert.True(member.Success, $"{path}: the fake has no handler for it ('{message}').");
            Type type = typeof(FakeTopicGrpc).Assembly.GetType(
                $"{typeof(FakeTopicGrpc).Namespace}.{member.Groups["type"].Value}", throwOnError: true)!;
            Assert.NotEmpty(type.GetMember(member.Groups["member"].Value));
        }
    }

    [Fact]
    public async Task Method_OfNoService_IsUnimplemented()
    {
        (string status, string message) = await CallAsync("/grpc.health.v1.Health/Check");

        Assert.Equal(Unimplemented, status);
        Assert.Contains("topicgrpc.v1", message, StringComparison.Ordinal);
        Assert.Equal("Check", _fake.Calls.Single().Method);
    }

    private async Task<(string Status, string Message)> CallAsync(string path)
    {
        using HttpMessageInvoker invoker = new(_fake.HttpHandler, disposeHandler: false);
        using HttpRequestMessage request = new(HttpMethod.Post, $"http://fake{path}") { Content = new ByteArrayContent(EmptyMessage) };
        using HttpResponseMessage response = await invoker.SendAsync(request, TestContext.Current.CancellationToken);
        await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        string message = response.TrailingHeaders.TryGetValues("grpc-message", out IEnumerable<string>? values)
            ? Uri.UnescapeDataString(values.Single())
            : "";
        return (response.TrailingHeaders.GetValues("grpc-status").Single(), message);
    }

    [GeneratedRegex(@"(?<type>Fake\w+)\.(?<member>\w+)")]
    private static partial Regex Member();
}
