using System.Security.Cryptography;
using Grpc.Core;
using TopicGrpc.Server.Errors;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Transfers;

/// <summary>Receives one file of an import and checks its size and hash.</summary>
internal static class ReceivedFile
{
    /// <summary>Writes the chunks of a file to a path.</summary>
    /// <exception cref="ServiceException">A chunk is missing or invalid, or the hash differs from the header.</exception>
    public static async Task WriteAsync(
        TransferFile file,
        string path,
        IAsyncStreamReader<ImportModelRequest> requests,
        CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using FileStream stream = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        while (stream.Length < file.Size)
        {
            if (!await requests.MoveNext(cancellationToken) || requests.Current.PartCase != ImportModelRequest.PartOneofCase.Chunk)
            {
                throw Fault.InvalidField(
                    "part",
                    FormattableString.Invariant($"must be a chunk of '{file.Name}': {stream.Length} of {file.Size} bytes received"));
            }

            ReadOnlyMemory<byte> bytes = Check(requests.Current.Chunk, file, stream.Length);
            hash.AppendData(bytes.Span);
            await stream.WriteAsync(bytes, cancellationToken);
        }

        string received = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (received != file.Sha256)
        {
            throw Fault.FileHashMismatch(file.Name, received, file.Sha256);
        }
    }

    private static ReadOnlyMemory<byte> Check(ModelFileChunk chunk, TransferFile file, long received)
    {
        if (chunk.FileName != file.Name)
        {
            throw Fault.InvalidField("chunk.file_name", $"must be '{file.Name}': files arrive in the order of the header");
        }

        long missing = file.Size - received;
        return chunk.Data.Length > 0 && chunk.Data.Length <= missing
            ? chunk.Data.Memory
            : throw Fault.InvalidField(
                "chunk.data",
                FormattableString.Invariant($"must have 1 to {missing} bytes, the bytes of '{file.Name}' that are missing"));
    }
}
