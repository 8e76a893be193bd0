using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Rpc;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Tests.Rpc;

public sealed class GenerationInterceptorTests : IDisposable
{
    private static readonly string[] AllKinds = [ChangeKinds.Model, ChangeKinds.Corpus, ChangeKinds.Key];

    private readonly FakeChangeFeed _changes = new();
    private readonly RetainedVersions _retained;
    private readonly RoutingTable _routing;
    private readonly GenerationInterceptor _interceptor;
    private int _runs;

    public GenerationInterceptorTests()
    {
        IOptions<ModelOptions> options = Options.Create(new ModelOptions());
        _retained = new RetainedVersions(options, TimeProvider.System);
        _routing = new RoutingTable(_retained, options, NullLogger<RoutingTable>.Instance);
        _interceptor = new GenerationInterceptor(_changes, _routing);
        MoveTo(generation: 7);
    }

    private static ServiceException Missing => Fault.CorpusNotFound("corpora/other");

    public void Dispose()
    {
        _routing.Dispose();
        _retained.Dispose();
    }

    [Fact]
    public async Task Unary_ServerIsNoMember_PassesUnchanged()
    {
        _changes.IsShared = false;
        FakeCall call = new(headers: (HeaderNames.Generation, "no number"));

        await Assert.ThrowsAsync<ServiceException>(() => UnaryAsync(call, static () => throw Missing));

        Assert.Equal(1, _runs);
        Assert.Empty(_changes.Waits);
        Assert.Empty(call.Response.Headers);
    }

    [Fact]
    public async Task Unary_HealthCheck_PassesUnchanged()
    {
        FakeCall call = new("/grpc.health.v1.Health/Check", (HeaderNames.Generation, "99"));

        Assert.Equal("answer 1", await UnaryAsync(call));

        Assert.Empty(_changes.Waits);
        Assert.Empty(call.Response.Headers);
    }

    [Fact]
    public async Task Unary_TableChangesDuringTheCall_ReportsTheNewGeneration()
    {
        FakeCall call = new();

        await UnaryAsync(call, () => MoveTo(generation: 8));

        Assert.Equal("8", call.Response.Headers[HeaderNames.Generation]);
    }

    [Fact]
    public async Task Unary_MethodFails_ReportsTheGenerationToo()
    {
        FakeCall call = new();

        await Assert.ThrowsAsync<ServiceException>(() => UnaryAsync(call, static () => throw Fault.InvalidField("page_size", "is wrong")));

        Assert.Equal(1, _runs);
        Assert.Empty(_changes.Waits);
        Assert.Equal("7", call.Response.Headers[HeaderNames.Generation]);
    }

    [Theory]
    [InlineData("8", true)]
    [InlineData("7", false)]
    [InlineData("0", false)]
    public async Task Unary_CallerHasSeenAGeneration_WaitsOnlyForAHigherOne(string seen, bool waits)
    {
        _changes.WhileWaiting = () => MoveTo(generation: 8);
        long? before = null;

        await UnaryAsync(new FakeCall(headers: (HeaderNames.Generation, seen)), () => before = _routing.Current.Generation);

        string[] expected = waits ? [$"{ChangeKinds.Model} {seen}"] : [];
        Assert.Equal(expected, _changes.Waits);
        Assert.Equal(waits ? 8 : 7, before);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+8")]
    [InlineData(" 8")]
    [InlineData("8.0")]
    [InlineData("9223372036854775808")]
    public async Task Unary_GenerationIsNoNumber_IsRejectedBeforeItRuns(string header)
    {
        ServiceException rejected = await Assert.ThrowsAsync<ServiceException>(
            () => UnaryAsync(new FakeCall(headers: (HeaderNames.Generation, header))));

        Assert.Equal(StatusCode.InvalidArgument, rejected.Code);
        Assert.Equal(HeaderNames.Generation, Assert.Single(rejected.Violations).Field);
        Assert.Equal(0, _runs);
    }

    [Fact]
    public async Task Unary_MemberCannotCatchUp_FailsBeforeItRuns()
    {
        _changes.Failure = Fault.Draining();

        ServiceException failed = await Assert.ThrowsAsync<ServiceException>(
            () => UnaryAsync(new FakeCall(headers: (HeaderNames.Generation, "8"))));

        Assert.Equal(StatusCode.Unavailable, failed.Code);
        Assert.Equal(0, _runs);
    }

    [Fact]
    public async Task Unary_ResourceOfAnotherMember_RunsAgainAfterAllCopiesCaughtUp()
    {
        bool isHere = false;
        _changes.WhileWaiting = () => isHere = _changes.Waits.Count == AllKinds.Length;

        string answer = await UnaryAsync(new FakeCall(), () => ThrowIf(!isHere));

        Assert.Equal("answer 2", answer);
        Assert.Equal(AllKinds, _changes.Waits);
    }

    [Fact]
    public async Task Unary_ResourceIsNowhere_IsMissingAfterTwoRuns()
    {
        ServiceException missing = await Assert.ThrowsAsync<ServiceException>(() => UnaryAsync(new FakeCall(), static () => throw Missing));

        Assert.Equal(StatusCode.NotFound, missing.Code);
        Assert.Equal(2, _runs);
    }

    [Fact]
    public async Task Unary_ResourceIsMissingAndTheMemberIsBehind_IsUnavailable()
    {
        _changes.Failure = Fault.Draining();

        ServiceException failed = await Assert.ThrowsAsync<ServiceException>(() => UnaryAsync(new FakeCall(), static () => throw Missing));

        Assert.Equal(StatusCode.Unavailable, failed.Code);
        Assert.Equal(1, _runs);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public async Task ServerStream_ResourceIsMissing_RunsAgainUnlessItHasAnswered(bool hasAnswered, int runs)
    {
        FakeCall call = new();

        await Assert.ThrowsAsync<ServiceException>(() => _interceptor.ServerStreamingServerHandler<string, string>(
            "request", null!, call, (_, _, _) => Run(() => Fail(call, hasAnswered))));

        Assert.Equal(runs, _runs);
        Assert.Equal("7", call.ResponseTrailers.GetValue(HeaderNames.Generation));
    }

    [Fact]
    public async Task ServerStream_TableChangesDuringTheCall_ReportsBothGenerations()
    {
        FakeCall call = new();

        await _interceptor.ServerStreamingServerHandler<string, string>(
            "request", null!, call, (_, _, _) => Run(() => MoveTo(generation: 9)));

        Assert.Equal("7", call.Response.Headers[HeaderNames.Generation]);
        Assert.Equal("9", call.ResponseTrailers.GetValue(HeaderNames.Generation));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public async Task ClientStream_ResourceIsMissing_RunsAgainIfOnlyTheFirstRequestWasRead(int reads, int runs)
    {
        List<string> first = [];

        await Assert.ThrowsAsync<ServiceException>(() => _interceptor.ClientStreamingServerHandler<string, string>(
            new FakeRequests("a", "b", "c"), new FakeCall(), (requests, _) => ReadAndFailAsync(requests, reads, first)));

        Assert.Equal(runs, _runs);
        Assert.All(first, static request => Assert.Equal("a", request));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public async Task DuplexStream_ResourceIsMissing_RunsAgainIfOnlyTheFirstRequestWasRead(int reads, int runs)
    {
        List<string> first = [];
        FakeCall call = new();

        await Assert.ThrowsAsync<ServiceException>(() => _interceptor.DuplexStreamingServerHandler<string, string>(
            new FakeRequests("a", "b", "c"), null!, call, (requests, _, _) => ReadAndFailAsync(requests, reads, first)));

        Assert.Equal(runs, _runs);
        Assert.All(first, static request => Assert.Equal("a", request));
        Assert.Equal("7", call.ResponseTrailers.GetValue(HeaderNames.Generation));
    }

    private static void ThrowIf(bool isMissing)
    {
        if (isMissing)
        {
            throw Missing;
        }
    }

    private static void Fail(FakeCall call, bool hasAnswered)
    {
        call.HasAnswered = hasAnswered;
        throw Missing;
    }

    private async Task<string> ReadAndFailAsync(IAsyncStreamReader<string> requests, int reads, List<string> first)
    {
        _runs++;
        for (int read = 0; read < reads; read++)
        {
            Assert.True(await requests.MoveNext(TestContext.Current.CancellationToken));
            if (read == 0)
            {
                first.Add(requests.Current);
            }
        }

        throw Missing;
    }

    private Task<string> UnaryAsync(FakeCall call, Action? run = null) =>
        _interceptor.UnaryServerHandler<string, string>("request", call, (_, _) => Run(run));

    private Task<string> Run(Action? run)
    {
        _runs++;
        run?.Invoke();
        return Task.FromResult($"answer {_runs}");
    }

    private void MoveTo(long generation) => _routing.Exchange(_routing.Current with { Generation = generation });
}
