using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using Google.Rpc;
using Grpc.Core;

namespace TopicGrpc.Server.Tests.Receiving;

/// <summary>A gRPC call whose bytes the test sends itself, such as half a message.</summary>
internal sealed class RawCall : IAsyncDisposable
{
    private readonly HttpRequestMessage _request;
    private readonly OpenContent _content = new();
    private readonly Task<HttpResponseMessage> _response;

    private RawCall(HttpClient client, Uri address, string method, string? encoding)
    {
        _request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "topicgrpc.v1." + method))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = _content,
        };
        _request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        if (encoding is not null)
        {
            _request.Headers.Add("grpc-encoding", encoding);
        }

        _response = client.SendAsync(_request, HttpCompletionOption.ResponseHeadersRead, Token);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens a call.</summary>
    /// <param name="client">Client of one connection.</param>
    /// <param name="address">Address of the server.</param>
    /// <param name="method">Service and method: <c>CorpusService/IngestDocuments</c>.</param>
    /// <param name="encoding">Compression that the headers announce; null for none.</param>
    public static RawCall Open(HttpClient client, Uri address, string method, string? encoding = null) =>
        new(client, address, method, encoding);

    /// <summary>Sends one message and ends the request.</summary>
    public async Task SendAsync(byte[] message, bool isCompressed)
    {
        byte[] bytes = new byte[5 + message.Length];
        bytes[0] = isCompressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), message.Length);
        message.CopyTo(bytes.AsSpan(5));
        Stream stream = await _content.Opened.WaitAsync(Token);
        await stream.WriteAsync(bytes, Token);
        await stream.FlushAsync(Token);
        _content.End();
    }

    /// <summary>Sends the header of a message and a part of its bytes, all zero.</summary>
    public async Task SendPartAsync(int messageBytes, int sentBytes)
    {
        byte[] bytes = new byte[5 + sentBytes];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), messageBytes);
        Stream stream = await _content.Opened.WaitAsync(Token);
        await stream.WriteAsync(bytes, Token);
        await stream.FlushAsync(Token);
    }

    /// <summary>Waits for the end of the call.</summary>
    /// <returns>Status and reason.</returns>
    public async Task<(StatusCode Code, string Reason)> EndAsync()
    {
        using HttpResponseMessage response = await _response;
        await response.Content.ReadAsByteArrayAsync(Token);
        string? Read(string name) =>
            response.TrailingHeaders.TryGetValues(name, out IEnumerable<string>? values) || response.Headers.TryGetValues(name, out values)
                ? values.First()
                : null;
        string details = Read("grpc-status-details-bin") ?? string.Empty;
        var status = Google.Rpc.Status.Parser.ParseFrom(Convert.FromBase64String(details.PadRight((details.Length + 3) / 4 * 4, '=')));
        return (
            (StatusCode)int.Parse(Read("grpc-status")!, System.Globalization.CultureInfo.InvariantCulture),
            status.GetDetail<ErrorInfo>()?.Reason ?? string.Empty);
    }

    public ValueTask DisposeAsync()
    {
        _content.End();
        _content.Dispose();
        _request.Dispose();
        return ValueTask.CompletedTask;
    }

    private sealed class OpenContent : HttpContent
    {
        private readonly TaskCompletionSource<Stream> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public OpenContent() => Headers.ContentType = new MediaTypeHeaderValue("application/grpc");

        public Task<Stream> Opened => _opened.Task;

        public void End() => _ended.TrySetResult();

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            _opened.TrySetResult(stream);
            return _ended.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
