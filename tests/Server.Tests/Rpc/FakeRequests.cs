using Grpc.Core;

namespace TopicGrpc.Server.Tests.Rpc;

/// <summary>Requests of a stream that have all arrived.</summary>
internal sealed class FakeRequests(params string[] requests) : IAsyncStreamReader<string>
{
    private int _read;

    public string Current => requests[_read - 1];

    public Task<bool> MoveNext(CancellationToken cancellationToken) => Task.FromResult(_read < requests.Length && ++_read > 0);
}
