using System.Security.Cryptography;
using Grpc.Core;
using TopicGrpc.Shared;
using Header = TopicGrpc.V1.ExportModelResponse.Types.Header;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Models;

/// <summary>
/// Receives an exported folder as one call. It writes a temporary folder beside the target and renames it when the size and hash of every
/// file match the header.
/// </summary>
internal sealed class ModelDownload : IDisposable
{
    private readonly Wire.ModelService.ModelServiceClient _stub;
    private readonly string _target;
    private readonly string _partial;

    /// <exception cref="IOException">The folder contains files.</exception>
    public ModelDownload(Wire.ModelService.ModelServiceClient stub, string directory)
    {
        _stub = stub;
        _target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        _partial = $"{_target}.{Guid.NewGuid():N}.partial";
        if (File.Exists(_target) || (Directory.Exists(_target) && Directory.EnumerateFileSystemEntries(_target).Any()))
        {
            throw new IOException($"'{_target}' exists and is not an empty folder. Export the model into a new or empty folder.");
        }
    }

    /// <summary>Starts one attempt.</summary>
    public AsyncUnaryCall<Header> Send(Wire.ExportModelRequest request, CallOptions options)
    {
        AsyncServerStreamingCall<Wire.ExportModelResponse> call = _stub.ExportModel(request, options);
        return new AsyncUnaryCall<Header>(
            RunAsync(call.ResponseStream, options.CancellationToken),
            call.ResponseHeadersAsync,
            call.GetStatus,
            call.GetTrailers,
            call.Dispose);
    }

    /// <summary>Renames the temporary folder to the target.</summary>
    /// <returns>Its full path.</returns>
    public string Publish()
    {
        if (Directory.Exists(_target))
        {
            Directory.Delete(_target);
        }

        Directory.Move(_partial, _target);
        return _target;
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();

    private static RpcException Wrong(string what) =>
        new(new Status(StatusCode.DataLoss, $"The server violated the contract: {what}."));

    private void Clear()
    {
        if (Directory.Exists(_partial))
        {
            Directory.Delete(_partial, recursive: true);
        }
    }

    private async Task<Header> RunAsync(IAsyncStreamReader<Wire.ExportModelResponse> responses, CancellationToken cancellationToken)
    {
        // Removes the files of an earlier attempt.
        Clear();
        Directory.CreateDirectory(_partial);
        if (!await responses.MoveNext(cancellationToken).ConfigureAwait(false) || responses.Current.Header is not { } header)
        {
            throw Wrong("the first message is not the header");
        }

        // The names become paths on this machine. Accepting only known names rules out path traversal.
        if (header.Files.FirstOrDefault(static file => !BertopicFiles.All.Contains(file.Name)) is { } stranger)
        {
            throw Wrong($"'{stranger.Name}' is not a file of the format");
        }

        foreach (Wire.ModelFile file in header.Files)
        {
            await ReceiveAsync(file, responses, cancellationToken).ConfigureAwait(false);
        }

        // The status arrives after the last message.
        return await responses.MoveNext(cancellationToken).ConfigureAwait(false) ? throw Wrong(
            "the stream continues after the last file of the header") : header;
    }

    private async Task ReceiveAsync(
        Wire.ModelFile file, IAsyncStreamReader<Wire.ExportModelResponse> responses, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using FileStream content = new(Path.Combine(_partial, file.Name), FileMode.CreateNew, FileAccess.Write, FileShare.None);
        while (content.Length < file.SizeBytes)
        {
            if (!await responses.MoveNext(cancellationToken).ConfigureAwait(false)
                || responses.Current.Chunk is not { Data.Length: > 0 } chunk
                || chunk.FileName != file.Name)
            {
                throw Wrong($"the bytes of '{file.Name}' end early");
            }

            hash.AppendData(chunk.Data.Span);
            await content.WriteAsync(chunk.Data.Memory, cancellationToken).ConfigureAwait(false);
        }

        if (content.Length != file.SizeBytes || Convert.ToHexStringLower(hash.GetHashAndReset()) != file.Sha256)
        {
            throw Wrong($"the size or hash of '{file.Name}' differs from the header");
        }
    }
}
