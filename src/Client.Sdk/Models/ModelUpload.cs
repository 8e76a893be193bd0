using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using TopicGrpc.Shared;
using Header = TopicGrpc.V1.ImportModelRequest.Types.Header;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Models;

/// <summary>
/// Sends a folder as one call, so that the pipeline handles it like any other call: one deadline, and a retry from the start if the
/// connection breaks.
/// </summary>
internal sealed class ModelUpload(Wire.ModelService.ModelServiceClient stub, string directory)
{
    private const int ChunkBytes = 256 << 10;

    /// <summary>Returns name, size and hash of the files of the format in a folder.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">A required file is missing.</exception>
    public static async Task<IReadOnlyList<Wire.ModelFile>> DescribeAsync(string directory, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(directory))
        {
            throw new DirectoryNotFoundException($"The folder '{directory}' does not exist.");
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
                    $"'{directory}' contains no {name}. Save the model in BERTopic with serialization=\"safetensors\".", path);
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
        // Disposing an answered call does not end a write that waits for the server to read; canceling its token does.
        using var writing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<Wire.ImportModelResponse> answer = call.ResponseAsync;
        Task sending = SendAsync(call.RequestStream, header, writing.Token);
        if (await Task.WhenAny(sending, answer).ConfigureAwait(false) == sending
            && sending.Exception?.InnerException is { } failure and not (RpcException or InvalidOperationException))
        {
            // A file cannot be read. The server would wait for its bytes, so the answer would never arrive.
            ExceptionDispatchInfo.Throw(failure);
        }

        try
        {
            return await answer.ConfigureAwait(false);
        }
        finally
        {
            // If the server already knows the request, or rejects it, it answers before it has read everything. The rest of the upload
            // is canceled.
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
