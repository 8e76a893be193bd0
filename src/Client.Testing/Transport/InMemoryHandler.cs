using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Testing.Calls;

namespace TopicGrpc.Client.Testing.Transport;

/// <summary>
/// HTTP handler that runs the client's calls in the fake, as gRPC over HTTP/2 without a socket. A call runs until the fake answers it, the
/// client cancels it, or the fake is disposed.
/// </summary>
internal sealed class InMemoryHandler(FakePipeline pipeline, RouteTable routes) : HttpMessageHandler
{
    private const string StatusTrailer = "grpc-status";
    private const string MessageTrailer = "grpc-message";
    private readonly CancellationTokenSource _stop = new();
    private bool _isDisposed;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Throws when the fake is disposed.
        CancellationToken stopped = _stop.Token;
        Pipe responses = new();
        HttpResponseMessage response = new(HttpStatusCode.OK)
        {
            Version = HttpVersion.Version20,
            RequestMessage = request,
            Content = new StreamContent(responses.Reader.AsStream()),
        };
        response.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        _ = RunAsync(request, response, responses.Writer, cancellationToken, stopped);
        return Task.FromResult(response);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            _stop.Cancel();
            _stop.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task RunAsync(
        HttpRequestMessage request,
        HttpResponseMessage response,
        PipeWriter responses,
        CancellationToken cancellationToken,
        CancellationToken stopped)
    {
        using var aborted = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopped);
        Pipe requests = new();
        Task upload = UploadAsync(request, requests.Writer, aborted.Token);
        try
        {
            string path = request.RequestUri!.AbsolutePath;
            FakeCall call = pipeline.Begin(path[(path.LastIndexOf('/') + 1)..]);
            Exchange exchange = new(call, requests.Reader.AsStream(), responses.AsStream(leaveOpen: true), pipeline, aborted.Token);
            await AnswerAsync(path, exchange).ConfigureAwait(false);
            response.TrailingHeaders.Add(StatusTrailer, "0");
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            Fail(response, StatusToWire.Exception(TopicGrpcStatus.Unavailable, "", "The fake was disposed."));
        }
        catch (RpcException failure)
        {
            Fail(response, failure);
        }
        catch (TopicGrpcException failure)
        {
            Fail(response, StatusToWire.Exception(failure.Details, failure.Message));
        }
#pragma warning disable CA1031 // An exception of a test's delegate reaches the client as an error of the server.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Fail(response, StatusToWire.Exception(TopicGrpcStatus.Internal, "", $"The fake failed: {failure}"));
        }

        // The client reads the trailers after the last byte.
        await responses.CompleteAsync().ConfigureAwait(false);
        await requests.Reader.CompleteAsync().ConfigureAwait(false);
        await upload.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AnswerAsync(string path, Exchange exchange)
    {
        if (routes.Find(path) is { } route)
        {
            await route(exchange).ConfigureAwait(false);
            return;
        }

        await exchange.AdmitAsync().ConfigureAwait(false);
        throw StatusToWire.NotScripted(path, "it has only the services of topicgrpc.v1");
    }

    private static async Task UploadAsync(HttpRequestMessage request, PipeWriter requests, CancellationToken aborted)
    {
        try
        {
            await request.Content!.CopyToAsync(requests.AsStream(leaveOpen: true), aborted).ConfigureAwait(false);
            await requests.CompleteAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The reader of the pipe receives every failure of the upload.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            await requests.CompleteAsync(failure).ConfigureAwait(false);
        }
    }

    private static void Fail(HttpResponseMessage response, RpcException failure)
    {
        response.TrailingHeaders.Add(StatusTrailer, ((int)failure.StatusCode).ToString(CultureInfo.InvariantCulture));
        response.TrailingHeaders.Add(MessageTrailer, Uri.EscapeDataString(failure.Status.Detail));
        foreach (Metadata.Entry entry in failure.Trailers.Where(static entry => entry.IsBinary))
        {
            response.TrailingHeaders.Add(entry.Key, Convert.ToBase64String(entry.ValueBytes));
        }
    }
}
