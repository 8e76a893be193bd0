using Grpc.Core;
using TopicGrpc.Server.Rpc;

namespace TopicGrpc.Cluster.Tests.Members;

/// <summary>The first request of a stream can be read again, and no other.</summary>
public sealed class RepeatableReaderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TryRepeat_OneRequestWasRead_ReturnsItOnceMore()
    {
        RepeatableReader<string> reader = new(new ListReader(["open", "item"]));
        await reader.MoveNext(Token);

        bool repeats = reader.TryRepeat();

        Assert.True(repeats);
        Assert.Equal(["open", "item"], await ReadAsync(reader));
    }

    [Fact]
    public async Task TryRepeat_TwoRequestsWereRead_IsFalseAndReadingContinues()
    {
        RepeatableReader<string> reader = new(new ListReader(["open", "item", "last"]));
        await reader.MoveNext(Token);
        await reader.MoveNext(Token);

        bool repeats = reader.TryRepeat();

        Assert.False(repeats);
        Assert.Equal(["last"], await ReadAsync(reader));
    }

    [Fact]
    public async Task TryRepeat_NothingWasRead_IsFalse()
    {
        RepeatableReader<string> reader = new(new ListReader(["open"]));

        bool repeats = reader.TryRepeat();

        Assert.False(repeats);
        Assert.Equal(["open"], await ReadAsync(reader));
    }

    private static async Task<List<string>> ReadAsync(RepeatableReader<string> reader)
    {
        List<string> read = [];
        while (await reader.MoveNext(Token))
        {
            read.Add(reader.Current);
        }

        return read;
    }

    private sealed class ListReader(IReadOnlyList<string> items) : IAsyncStreamReader<string>
    {
        private int _index = -1;

        public string Current => items[_index];

        public Task<bool> MoveNext(CancellationToken cancellationToken) => Task.FromResult(++_index < items.Count);
    }
}
