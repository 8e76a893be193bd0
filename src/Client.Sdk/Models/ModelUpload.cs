using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using TopicGrpc.Shared;
using Header = TopicGrpc.V1.ImportModelRequest.Types.Header;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Models;

/// <summary>
/// Sends a folder as one call, so that the pipeline treats it as any other: with one deadline, and again from the start where the way
/// broke.
/// </summary>
internal sealed class ModelUpload(Wire.ModelService.ModelServiceClient stub, string directory)
{
    private const int ChunkBytes = 256 << 10;

    /// <summary>Looks at the files of a folder that are the format's.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">It lacks a file without which there is no model.</exception>
    public static async Task<IReadOnlyList<Wire.ModelFile>> DescribeAsync(string directory, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(directory))
        {
            throw new DirectoryNotFoundException($"There is no folder '{directory}'.");
        }

        List<Wire.ModelFile> files = [];
        foreach (string name in BertopicFiles.All)
        {
            string path = Path.Combine(directory, name);
            if (File.Exists(path))
            {
                using FileStream content = File.OpenRead(path);
                byte[] hash = await SHA256.HashDataAsync(content, cancellationToken).ConfigureAwait(false);
                files.Add(new Wire.ModelFile { Name = name, SizeBytes = content.Length, Sha256 = Convert.ToHexStringLower(hash) });
            }
            else if (BertopicFiles.Required.Contains(name))
            {
                throw new FileNotFoundException(
                    $"'{directory}' holds no {name}; a model is saved by BERTopic with serialization=\"safetensors\".", path);
            }
        }

        return files;
    }

    /// <summary>Starts one attempt.</summary>
    public AsyncUnaryCall<Wire.ImportModelResponse> Send(Header header, CallOptions options)
    {
        AsyncClientStreamingCall<Wire.ImportModelRequest, Wire.ImportModelResponse> call = stub.ImportModel(options);
        return new AsyncUnaryCall<Wire.ImportModelResponse>(
            RunAsync(call, header, options.CancellationToken), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    private async Task<Wire.ImportModelResponse> RunAsync(
        AsyncClientStreamingCall<Wire.ImportModelRequest, Wire.ImportModelResponse> call,
        Header header,
        CancellationToken cancellationToken)
    {
        // Disposing a call that was answered does not wake a write that waits for the server to read on; its token does.
        using var writing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<Wire.ImportModelResponse> answer = call.ResponseAsync;
        Task sending = SendAsync(call.RequestStream, header, writing.Token);
        if (await Task.WhenAny(sending, answer).ConfigureAwait(false) == sending
            && sending.Exception?.InnerException is { } failure and not (RpcException or InvalidOperationException))
        {
            // A file that cannot be read: the answer would wait for it.
            ExceptionDispatchInfo.Throw(failure);
        }

        try
        {
            return await answer.ConfigureAwait(false);
        }
        finally
        {
            // The server answers before it has read all when it knows the request already or refuses it; what was still on its way ends
            // with the call.
            await writing.CancelAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SendAsync(IClientStreamWriter<Wire.ImportModelRequest> requests, Header header, CancellationToken cancellationToken)
    {
        await requests.WriteAsync(new Wire.ImportModelRequest { Header = header }, cancellationToken).ConfigureAwait(false);
        foreach (Wire.ModelFile file in header.Files)
        {
            using FileStream content = File.OpenRead(Path.Combine(directory, file.Name));
            while (content.Position < content.Length)
            {
                byte[] bytes = new byte[Math.Min(ChunkBytes, content.Length - content.Position)];
                await content.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
                Wire.ModelFileChunk chunk = new() { FileName = file.Name, Data = UnsafeByteOperations.UnsafeWrap(bytes) };
                await requests.WriteAsync(new Wire.ImportModelRequest { Chunk = chunk }, cancellationToken).ConfigureAwait(false);
            }
        }

        await requests.CompleteAsync().ConfigureAwait(false);
    }
}
