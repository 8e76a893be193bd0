using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using TopicGrpc.Client.Testing.Calls;
using TopicGrpc.Client.Testing.Mapping;
using TopicGrpc.Client.Testing.State;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>Imports and exports the files of models without reading their content.</summary>
internal sealed partial class FakeModelService
{
    private const int ChunkBytes = 256 << 10;

    public override async Task<Wire.ImportModelResponse> ImportModel(
        IAsyncStreamReader<Wire.ImportModelRequest> requestStream, ServerCallContext context)
    {
        FakeVersion version = await imports.RunAsync(requestStream, context.CancellationToken).ConfigureAwait(false);
        return new Wire.ImportModelResponse { ModelVersion = ModelToWire.Map(version) };
    }

    public override async Task ExportModel(
        Wire.ExportModelRequest request, IServerStreamWriter<Wire.ExportModelResponse> responseStream, ServerCallContext context)
    {
        FakeVersion version = models.Resolve(SelectorFromWire.Map(request.Selector));
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files = version.Files ?? throw StatusToWire.NotScripted(
            nameof(ExportModel), $"version {version.Version} of '{version.Model}' has no files; add them with FakeModels.SetFiles");
        Wire.ExportModelResponse.Types.Header header = new()
        {
            ModelVersion = version.ResourceName,
            Files =
            {
                files.Select(static file => new Wire.ModelFile
                {
                    Name = file.Key,
                    SizeBytes = file.Value.Length,
                    Sha256 = Convert.ToHexStringLower(SHA256.HashData(file.Value.Span)),
                }),
            },
        };
        await responseStream.WriteAsync(new Wire.ExportModelResponse { Header = header }, context.CancellationToken).ConfigureAwait(false);
        foreach ((string name, ReadOnlyMemory<byte> content) in files)
        {
            for (int start = 0; start < content.Length; start += ChunkBytes)
            {
                ReadOnlyMemory<byte> piece = content[start..Math.Min(start + ChunkBytes, content.Length)];
                Wire.ModelFileChunk chunk = new() { FileName = name, Data = UnsafeByteOperations.UnsafeWrap(piece) };
                await responseStream.WriteAsync(
                    new Wire.ExportModelResponse { Chunk = chunk }, context.CancellationToken).ConfigureAwait(false);
            }
        }
    }
}
