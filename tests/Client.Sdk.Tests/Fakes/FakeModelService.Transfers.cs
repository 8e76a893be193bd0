using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using TopicGrpc.V1;

namespace TopicGrpc.Client.Sdk.Tests.Fakes;

/// <content>Takes models and remembers them by their request; gives out one that says hello.</content>
internal sealed partial class FakeModelService
{
    private static readonly byte[] Hello = Encoding.UTF8.GetBytes("hello");

    private readonly ConcurrentDictionary<string, byte[]> _imported = new(StringComparer.Ordinal);

    public ConcurrentQueue<ImportModelRequest.Types.Header> Headers { get; } = new();

    /// <summary>Bytes of all files of each request that was taken, one after another.</summary>
    public IReadOnlyDictionary<string, byte[]> Imported => _imported;

    /// <summary>What an export announces; the bytes sent are always the same.</summary>
    public ModelFile Announced { get; set; } = new()
    {
        Name = "topics.json",
        SizeBytes = Hello.Length,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Hello)),
    };

    public override async Task<ImportModelResponse> ImportModel(
        IAsyncStreamReader<ImportModelRequest> requestStream,
        ServerCallContext context)
    {
        Assert.True(await requestStream.MoveNext(context.CancellationToken));
        ImportModelRequest.Types.Header header = requestStream.Current.Header;
        Headers.Enqueue(header);
        ImportModelResponse response = new() { ModelVersion = new ModelVersion { Name = header.Model + "/versions/3", VersionNumber = 3 } };
        if (_imported.ContainsKey(header.RequestId))
        {
            return response;
        }

        if (Failures.TryDequeue(out RpcException? failure))
        {
            throw failure;
        }

        using MemoryStream bytes = new();
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            requestStream.Current.Chunk.Data.WriteTo(bytes);
        }

        _imported[header.RequestId] = bytes.ToArray();
        return response;
    }

    public override async Task ExportModel(
        ExportModelRequest request,
        IServerStreamWriter<ExportModelResponse> responseStream,
        ServerCallContext context)
    {
        await responseStream.WriteAsync(new ExportModelResponse
        {
            Header = new() { ModelVersion = "models/news/versions/7", EncoderSha256 = "ab", Files = { Announced } },
        });
        await responseStream.WriteAsync(new ExportModelResponse
        {
            Chunk = new ModelFileChunk { FileName = Announced.Name, Data = ByteString.CopyFrom(Hello.AsSpan(0, 2)) },
        });
        if (Failures.TryDequeue(out RpcException? failure))
        {
            throw failure;
        }

        await responseStream.WriteAsync(new ExportModelResponse
        {
            Chunk = new ModelFileChunk { FileName = Announced.Name, Data = ByteString.CopyFrom(Hello.AsSpan(2)) },
        });
    }
}
