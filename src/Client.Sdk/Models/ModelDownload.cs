using System.Security.Cryptography;
using Grpc.Core;
using TopicGrpc.Shared;
using Header = TopicGrpc.V1.ExportModelResponse.Types.Header;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Models;

/// <summary>
/// Receives a folder as one call, beside the place where it shall be; it moves there when every file has the size and hash announced.
/// </summary>
internal sealed class ModelDownload : IDisposable
{
    private readonly Wire.ModelService.ModelServiceClient _stub;
    private readonly string _target;
    private readonly string _partial;

    /// <exception cref="IOException">The folder holds files.</exception>
    public ModelDownload(Wire.ModelService.ModelServiceClient stub, string directory)
    {
        _stub = stub;
        _target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        _partial = $"{_target}.{Guid.NewGuid():N}.partial";
        if (File.Exists(_target) || (Directory.Exists(_target) && Directory.EnumerateFileSystemEntries(_target).Any()))
        {
            throw new IOException($"'{_target}' is not empty; a model is exported into a folder of its own.");
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

    /// <summary>Puts the folder in its place.</summary>
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
        new(new Status(StatusCode.DataLoss, $"The server did not keep to the contract: {what}."));

    private void Clear()
    {
        if (Directory.Exists(_partial))
        {
            Directory.Delete(_partial, recursive: true);
        }
    }

    private async Task<Header> RunAsync(IAsyncStreamReader<Wire.ExportModelResponse> responses, CancellationToken cancellationToken)
    {
        // What an attempt before this one left.
        Clear();
        Directory.CreateDirectory(_partial);
        if (!await responses.MoveNext(cancellationToken).ConfigureAwait(false) || responses.Current.Header is not { } header)
        {
            throw Wrong("no header came first");
        }

        // A name from elsewhere becomes a path here, so only known ones do.
        if (header.Files.FirstOrDefault(static file => !BertopicFiles.All.Contains(file.Name)) is { } stranger)
        {
            throw Wrong($"'{stranger.Name}' is no file of the format");
        }

        foreach (Wire.ModelFile file in header.Files)
        {
            await ReceiveAsync(file, responses, cancellationToken).ConfigureAwait(false);
        }

        // The status comes behind the last message.
        return await responses.MoveNext(cancellationToken).ConfigureAwait(false) ? throw Wrong(
            "more came than the header announced") : header;
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
                throw Wrong($"the bytes of '{file.Name}' ended early");
            }

            hash.AppendData(chunk.Data.Span);
            await content.WriteAsync(chunk.Data.Memory, cancellationToken).ConfigureAwait(false);
        }

        if (content.Length != file.SizeBytes || Convert.ToHexStringLower(hash.GetHashAndReset()) != file.Sha256)
        {
            throw Wrong($"the bytes of '{file.Name}' are not those announced");
        }
    }
}
