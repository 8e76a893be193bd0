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
using TopicGrpc.Tables.Documents;
using TopicGrpc.V1;
using RpcStatus = Google.Rpc.Status;

namespace TopicGrpc.Server.Uploads;

/// <summary>
/// Ingest as a plain POST of lines of JSON or of a table, optionally compressed, under the rules of <c>IngestDocuments</c>.
/// </summary>
internal static class UploadRoutes
{
    /// <summary>Path of an upload.</summary>
    public const string Path = "/api/v1/corpora/{corpus}/documents:ingest";

    private const string Name = "IngestLines";

    private static readonly StreamPipeReaderOptions Decompressed = new(bufferSize: 1 << 16);

    /// <summary>Maps the upload of documents.</summary>
    public static void MapUploads(this WebApplication application)
    {
        HttpRoute route = application.Services.GetRequiredService<HttpRoute>();
        IngestStream ingest = application.Services.GetRequiredService<IngestStream>();
        TableUploads tables = ActivatorUtilities.CreateInstance<TableUploads>(application.Services);
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
                        TableFormat? format = FormatOf(TypeOf(context.Request));
                        var start = UploadStart.Of(context.Request, isTable: format is not null);
                        if (format is { } table)
                        {
                            Stream content = Open(context.Request).AsStream();
                            return tables.RunAsync(content, table, start, events, CallBody.Of(context), context.RequestAborted);
                        }

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

    private static string? TypeOf(HttpRequest request) => request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>Returns the format of a table; null for lines of JSON.</summary>
    private static TableFormat? FormatOf(string? contentType) => contentType switch
    {
        "application/vnd.apache.parquet" => TableFormat.Parquet,
        "application/vnd.apache.arrow.stream" or "application/vnd.apache.arrow.file" => TableFormat.Arrow,
        "application/x-ndjson" or "application/jsonl" or "application/json" or "application/octet-stream" => null,
        _ => throw Fault.InvalidField(
            "Content-Type",
            "must be application/x-ndjson, application/vnd.apache.parquet, application/vnd.apache.arrow.stream or "
            + "application/vnd.apache.arrow.file"),
    };

    private static PipeReader Open(HttpRequest request)
    {
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
