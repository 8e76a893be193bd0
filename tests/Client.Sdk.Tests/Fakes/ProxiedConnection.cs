using System.Net.Sockets;

namespace TopicGrpc.Client.Sdk.Tests.Fakes;

/// <summary>One connection through a <see cref="CuttingProxy"/>; it is reset when it has carried its bytes.</summary>
internal sealed class ProxiedConnection(Socket near, int bytes, CancellationToken stop) : IDisposable
{
    private const int BufferBytes = 16 * 1024;
    private readonly Socket _far = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly CancellationTokenSource _ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
    private int _left = bytes;

    /// <summary>Carries bytes until an end closes or the budget is spent.</summary>
    /// <returns>Whether the proxy cut it.</returns>
    public async Task<bool> RunAsync(Uri target)
    {
        try
        {
            await _far.ConnectAsync(target.Host, target.Port, _ended.Token);
            await Task.WhenAll(PumpAsync(near, _far), PumpAsync(_far, near));
        }
        catch (Exception broken) when (broken is OperationCanceledException or SocketException)
        {
            // A broken connection is what this proxy is for.
        }

        // A reset, not a polite end: what is under way is lost.
        near.LingerState = new LingerOption(true, 0);
        return _left < 0;
    }

    public void Dispose()
    {
        near.Dispose();
        _far.Dispose();
        _ended.Dispose();
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        byte[] buffer = new byte[BufferBytes];
        try
        {
            while (await from.ReceiveAsync(buffer, SocketFlags.None, _ended.Token) is int count and > 0
                && Interlocked.Add(ref _left, -count) >= 0)
            {
                await to.SendAsync(buffer.AsMemory(0, count), SocketFlags.None, _ended.Token);
            }
        }
        finally
        {
            await _ended.CancelAsync();
        }
    }
}
