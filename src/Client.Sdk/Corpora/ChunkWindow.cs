using System.Threading.Channels;

namespace TopicGrpc.Client.Corpora;

/// <summary>
/// Unacknowledged chunks of one connection. If the window is full, the sender waits. One sender and one receiver may use it.
/// </summary>
internal sealed class ChunkWindow(int size)
{
    private readonly Channel<long> _ends = Channel.CreateBounded<long>(
        new BoundedChannelOptions(size) { SingleReader = true, SingleWriter = true });

    /// <summary>Waits until the window has space for a chunk that ends before an offset.</summary>
    public ValueTask EnterAsync(long end, CancellationToken cancellationToken) => _ends.Writer.WriteAsync(end, cancellationToken);

    /// <summary>Removes the chunks whose documents are all below an acknowledged offset.</summary>
    public void Acknowledge(long offset)
    {
        while (_ends.Reader.TryPeek(out long end) && end <= offset)
        {
            _ends.Reader.TryRead(out _);
        }
    }
}
