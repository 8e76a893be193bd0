using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;

namespace TopicGrpc.Load.Calls;

/// <summary>A gRPC call over its own bytes: whole, damaged or half messages, after which it stays open.</summary>
internal sealed class RawStream : HttpContent
{
    private readonly byte[] _bytes;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool _staysOpen;

    public RawStream(byte[] bytes, bool staysOpen)
    {
        _bytes = bytes;
        _staysOpen = staysOpen;
        Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
    }

    /// <summary>Returns a message with its header.</summary>
    /// <param name="message">Bytes of the message.</param>
    /// <param name="announced">Length in the header; null for the true length.</param>
    public static byte[] Frame(ReadOnlySpan<byte> message, int? announced = null)
    {
        byte[] frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), announced ?? message.Length);
        message.CopyTo(frame.AsSpan(5));
        return frame;
    }

    /// <summary>Returns a compressed message of zeros with its header.</summary>
    public static byte[] CompressedZeros(int count)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(new byte[count]);
        }

        byte[] frame = Frame(packed.ToArray());
        frame[0] = 1;
        return frame;
    }

    /// <summary>Sends a call and reads its end.</summary>
    public static async Task SendAsync(
        HttpClient client,
        Uri address,
        string method,
        byte[] bytes,
        bool staysOpen,
        CancellationToken cancellationToken)
    {
        using RawStream content = new(bytes, staysOpen);
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(address, "topicgrpc.v1." + method))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        request.Headers.Add("grpc-encoding", "gzip");
        await using CancellationTokenRegistration end = cancellationToken.UnsafeRegister(
            static state => ((RawStream)state!)._ended.TrySetResult(),
            content);
        try
        {
            using HttpResponseMessage response =
                await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            await response.Content.ReadAsByteArrayAsync(cancellationToken);
        }
        catch (Exception ended) when (ended is HttpRequestException or OperationCanceledException or IOException)
        {
            // The server rejected or reset the call, or the attack is over.
        }
    }

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(_bytes);
        await stream.FlushAsync();
        if (_staysOpen)
        {
            await _ended.Task;
        }
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
