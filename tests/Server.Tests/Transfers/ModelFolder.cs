using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using TopicGrpc.V1;
using Header = TopicGrpc.V1.ImportModelRequest.Types.Header;

namespace TopicGrpc.Server.Tests.Transfers;

/// <summary>Sends folders to a server and fetches them from there, as a client of any language does.</summary>
internal static class ModelFolder
{
    private const int ChunkBytes = 100_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Header Describe(string directory, string model, string requestId = "") => new()
    {
        Model = "models/" + model,
        RequestId = requestId,
        Files =
        {
            Directory.EnumerateFiles(directory).Order(StringComparer.Ordinal).Select(static path =>
            {
                byte[] bytes = File.ReadAllBytes(path);
                return new ModelFile
                {
                    Name = Path.GetFileName(path),
                    SizeBytes = bytes.Length,
                    Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
                };
            }),
        },
    };

    public static Task<ModelVersion> ImportAsync(ModelService.ModelServiceClient models, string directory, Header header) =>
        SendAsync(
            models,
            new ImportModelRequest { Header = header },
            header.Files.SelectMany(file => Chunks(Path.Combine(directory, file.Name))));

    /// <summary>Sends messages until the server has answered; what it answered counts, not that it then read no more.</summary>
    public static async Task<ModelVersion> SendAsync(
        ModelService.ModelServiceClient models,
        ImportModelRequest first,
        IEnumerable<ImportModelRequest> further)
    {
        using AsyncClientStreamingCall<ImportModelRequest, ImportModelResponse> call = models.ImportModel(cancellationToken: Token);
        try
        {
            foreach (ImportModelRequest message in further.Prepend(first))
            {
                await call.RequestStream.WriteAsync(message, Token);
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (Exception ended) when (ended is RpcException or InvalidOperationException)
        {
        }

        return (await call.ResponseAsync).ModelVersion;
    }

    public static IEnumerable<ImportModelRequest> Chunks(string path) => File.ReadAllBytes(path).Chunk(ChunkBytes)
        .Select(bytes => new ImportModelRequest
        {
            Chunk = new ModelFileChunk { FileName = Path.GetFileName(path), Data = ByteString.CopyFrom(bytes) },
        });

    /// <summary>Fetches a version into a folder and checks every file against the header.</summary>
    public static async Task<ExportModelResponse.Types.Header> ExportAsync(
        ModelService.ModelServiceClient models,
        string model,
        long version,
        string directory)
    {
        ExportModelRequest request = new() { Selector = new ModelSelector { Model = "models/" + model, VersionNumber = version } };
        using AsyncServerStreamingCall<ExportModelResponse> call = models.ExportModel(request, cancellationToken: Token);
        Assert.True(await call.ResponseStream.MoveNext(Token));
        ExportModelResponse.Types.Header header = call.ResponseStream.Current.Header;
        Directory.CreateDirectory(directory);
        while (await call.ResponseStream.MoveNext(Token))
        {
            ModelFileChunk chunk = call.ResponseStream.Current.Chunk;
            Assert.InRange(chunk.Data.Length, 1, 1 << 20);
            await using FileStream file = new(Path.Combine(directory, chunk.FileName), FileMode.Append);
            await file.WriteAsync(chunk.Data.Memory, Token);
        }

        Assert.Equal(header.Files, Describe(directory, model).Files);
        return header;
    }
}
