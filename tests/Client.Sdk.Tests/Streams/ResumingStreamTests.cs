using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Errors;

namespace TopicGrpc.Client.Sdk.Tests.Streams;

public sealed class ResumingStreamTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAsync_BrokenConnections_ResumesBehindTheLastResponse()
    {
        ScriptedPosition position = new(complete: 4, [Broken(1, 2), Broken(), Clean(3, 4)]);

        Assert.Equal([1, 2, 3, 4], await Stream(position).ReadAsync(Token).ToListAsync(Token));

        Assert.Equal([0, 2, 2], position.OpenedAt);
        Assert.Equal(3, position.Disposed);
    }

    [Fact]
    public async Task ReadAsync_CleanEndBeforeComplete_Resumes()
    {
        ScriptedPosition position = new(complete: 2, [Clean(1), Clean(2)]);

        Assert.Equal([1, 2], await Stream(position).ReadAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task ReadAsync_ResponseReceivedBefore_IsSkipped()
    {
        ScriptedPosition position = new(complete: 2, [Broken(1), Clean(1, 2)]);

        Assert.Equal([1, 2], await Stream(position).ReadAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task ReadAsync_FailureThatThePositionSolves_RestartsWithoutDelay()
    {
        ScriptedPosition position = new(complete: 1, [new Script([], new Status(StatusCode.OutOfRange, "gone")), Clean(1)]);

        Assert.Equal([1], await Stream(position, new FakeTimeProvider()).ReadAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task ReadAsync_PermanentFailure_ThrowsTheTypedException()
    {
        ScriptedPosition position = new(complete: 1, [new Script([], new Status(StatusCode.NotFound, "No such fit."))]);

        await Assert.ThrowsAsync<ResourceNotFoundException>(() => Stream(position).ReadAsync(Token).ToListAsync(Token).AsTask());

        Assert.Equal(1, position.Disposed);
    }

    [Fact]
    public async Task ReadAsync_CanceledWhileItWaits_ThrowsAndDisposesTheConnection()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        ScriptedPosition position = new(complete: 1, [Broken()]) { Opened = cancellation.Cancel };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Stream(position, new FakeTimeProvider()).ReadAsync(cancellation.Token).ToListAsync(Token).AsTask());

        Assert.Equal((1, 1), (position.OpenedAt.Count, position.Disposed));
    }

    [Fact]
    public async Task ReadAsync_CallerStopsEarly_DisposesTheConnection()
    {
        ScriptedPosition position = new(complete: 3, [Clean(1, 2, 3)]);

        Assert.Equal([1], await Stream(position).ReadAsync(Token).Take(1).ToListAsync(Token));

        Assert.Equal(1, position.Disposed);
    }

    private static Script Broken(params int[] responses) => new(responses, new Status(StatusCode.Unavailable, "broken"));

    private static Script Clean(params int[] responses) => new(responses, null);

    private static ResumingStream<int> Stream(ScriptedPosition position, TimeProvider? time = null)
    {
        TopicGrpcClientOptions options = new()
        {
            TimeProvider = time ?? TimeProvider.System,
            Retry = new RetryOptions { BaseDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(2) },
        };
        return new ResumingStream<int>(new ClientCore(options, invoker: null!), "Watch", position);
    }

    private sealed record Script(int[] Responses, Status? Failure);

    private sealed class ScriptedPosition(int complete, Script[] scripts) : IStreamPosition<int>
    {
        private int _last;

        public List<int> OpenedAt { get; } = [];

        public int Disposed { get; set; }

        public Action? Opened { get; init; }

        public bool IsComplete => _last >= complete;

        public IStreamConnection<int> Open(CancellationToken cancellationToken)
        {
            OpenedAt.Add(_last);
            Opened?.Invoke();
            return new ScriptedConnection(this, scripts[OpenedAt.Count - 1]);
        }

        public bool Accept(int response)
        {
            bool isNew = response > _last;
            _last = Math.Max(_last, response);
            return isNew;
        }

        public bool TryRestart(RpcException failure) => failure.StatusCode == StatusCode.OutOfRange;
    }

    private sealed class ScriptedConnection(ScriptedPosition position, Script script) : IStreamConnection<int>
    {
        private int _next = -1;

        public int Current => script.Responses[_next];

        public Task<bool> MoveNextAsync(CancellationToken cancellationToken)
        {
            _next++;
            return _next < script.Responses.Length ? Task.FromResult(true)
                : script.Failure is { } failure ? Task.FromException<bool>(new RpcException(failure))
                : Task.FromResult(false);
        }

        public ValueTask DisposeAsync()
        {
            position.Disposed++;
            return ValueTask.CompletedTask;
        }
    }
}
