using System.IO.Compression;
using System.IO.Pipelines;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Http;
using TopicGrpc.Server.Ingesting;
using TopicGrpc.Server.Receiving;
using TopicGrpc.V1;
using RpcStatus = Google.Rpc.Status;

namespace TopicGrpc.Server.Uploads;

/// <summary>Ingest as a plain POST of lines of JSON, optionally compressed, under the rules of <c>IngestDocuments</c>.</summary>
internal static class UploadRoutes
{
    /// <summary>Path of an upload.</summary>
    public const string Path = "/api/v1/corpora/{corpus}/documents:ingest";

    private const string Name = "IngestLines";

    private static readonly StreamPipeReaderOptions Decompressed = new(bufferSize: 1 << 16);

    /// <summary>Maps the upload of lines.</summary>
    public static void MapUploads(this WebApplication application)
    {
        HttpRoute route = application.Services.GetRequiredService<HttpRoute>();
        IngestStream ingest = application.Services.GetRequiredService<IngestStream>();
        IngestOptions options = application.Services.GetRequiredService<IOptions<IngestOptions>>().Value;
        int maxLineBytes = application.Services.GetRequiredService<IOptions<ServerOptions>>().Value.MaxMessageBytes;
        application
            .MapPost(Path, async context =>
            {
                EventLines events = new(context.Response, CallBody.Of(context));
                await route.RunAsync(
                    context,
                    Name,
                    _ =>
                    {
                        var start = UploadStart.Of(context.Request);
                        DocumentLines lines = new(Open(context.Request), start, options, maxLineBytes);
                        return ingest.RunAsync(lines, events, CallBody.Of(context), context.RequestAborted);
                    },
                    (http, error) => http.Response.HasStarted
                        ? events.WriteErrorAsync(HttpErrors.Format(StatusOf(error)), http.RequestAborted)
                        : HttpErrors.WriteAsync(http, error));
            })
            .WithMetadata(
                new MethodRule(Name, maxLineBytes, IsStream: true) { IsFramed = false },
                new RouteAccess(Role.Writer) { CorpusParameter = "corpus" });
    }

    private static PipeReader Open(HttpRequest request)
    {
        string? type = request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        if (type is not ("application/x-ndjson" or "application/jsonl" or "application/json" or "application/octet-stream"))
        {
            throw Fault.InvalidField("Content-Type", "must be application/x-ndjson");
        }

        StringValues encoding = request.Headers.ContentEncoding;
        if (encoding.Count == 0 || encoding == "identity")
        {
            return request.BodyReader;
        }

        return encoding == "gzip"
            ? PipeReader.Create(new GZipStream(request.BodyReader.AsStream(), CompressionMode.Decompress), Decompressed)
            : throw Fault.InvalidField("Content-Encoding", "must be gzip or absent");
    }

    private static RpcStatus StatusOf(RpcException error) =>
        error.GetRpcStatus() ?? new RpcStatus { Code = (int)error.StatusCode, Message = error.Status.Detail };
}
