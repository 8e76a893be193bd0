using System.Diagnostics;
using Grpc.Core;
using Grpc.Net.Client;
using TopicGrpc.Server.Tests.Models;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Predicting;

/// <summary>
/// The server alone keeps the time here: a deadline goes out as a header, and the client has no timer that could end the call in its place.
/// </summary>
public sealed class DeadlineTests
{
    private const int Calls = 9;
    private const int Punctual = 3;
    private const double LatestMilliseconds = 50;

    // For a server that would not end a call at all.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Predict_DeadlinesPassBehindALongRun_EndWithinFiftyMillisecondsOfThem()
    {
        await using TestServer server = await TestServer.FittedAsync(("Embedding:Executors", "1"));
        using SocketsHttpHandler sockets = new();
        using TimeoutHeader handler = new(sockets);
        using var channel = GrpcChannel.ForAddress(server.Address, new GrpcChannelOptions { HttpHandler = handler });
        PredictionService.PredictionServiceClient client = new(channel);
        await client.PredictAsync(Request(), cancellationToken: Token);
        server.Embedder.Hold();
        Task<long> running = server.AnsweringAsync();
        await server.Embedder.SomebodyWaitsAsync(Token);

        // Far from one another, from .3 to 1.9 s: what else the machine does may delay most of them, but a server that notices late is late
        // every time.
        double[] late = await Task.WhenAll(Enumerable.Range(0, Calls).Select(call => LatenessAsync(client, 300 + (200 * call))));
        bool isRunOver = running.IsCompleted;
        server.Embedder.Release();
        await running;

        Assert.False(isRunOver);
        Assert.All(late, static milliseconds => Assert.True(milliseconds > -LatestMilliseconds, "ended before its deadline"));
        Assert.InRange(late.Order().ElementAt(Punctual - 1), -LatestMilliseconds, LatestMilliseconds);
    }

    /// <summary>How long after its deadline a call ends, in milliseconds.</summary>
    private static async Task<double> LatenessAsync(PredictionService.PredictionServiceClient client, int milliseconds)
    {
        Metadata headers = new() { { TimeoutHeader.Wanted, FormattableString.Invariant($"{milliseconds}m") } };
        long started = Stopwatch.GetTimestamp();
        RpcException exception = await Assert.ThrowsAsync<RpcException>(
            () => client.PredictAsync(Request(), headers, cancellationToken: Token).ResponseAsync.WaitAsync(Patience, Token));
        double took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        Assert.Equal(StatusCode.DeadlineExceeded, exception.StatusCode);
        return took - milliseconds;
    }

    private static PredictRequest Request() => new() { Selector = new ModelSelector { Model = "models/m" }, Text = "goalie puck" };

    /// <summary>Gives a request the header that a deadline of the client would become.</summary>
    private sealed class TimeoutHeader(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public const string Wanted = "test-timeout";

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Headers.TryGetValues(Wanted, out IEnumerable<string>? values))
            {
                request.Headers.Add("grpc-timeout", values);
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
