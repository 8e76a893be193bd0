using System.Security.Cryptography;
using Grpc.Core;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Transfers;

/// <summary>Receives one file of an import and checks its size and hash.</summary>
internal static class ReceivedFile
{
    /// <summary>Writes the chunks of a file to an empty file, on the threads of a queue.</summary>
    /// <exception cref="ServiceException">A chunk is missing or invalid, or the hash differs from the header.</exception>
    public static async Task WriteAsync(
        TransferFile file,
        IStoredFile target,
        DiskQueue disk,
        IAsyncStreamReader<ImportModelRequest> requests,
        CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long received = 0;
        while (received < file.Size)
        {
            if (!await requests.MoveNext(cancellationToken) || requests.Current.PartCase != ImportModelRequest.PartOneofCase.Chunk)
            {
                throw Fault.InvalidField(
                    "part",
                    FormattableString.Invariant($"must be a chunk of '{file.Name}': {received} of {file.Size} bytes received"));
            }

            ReadOnlyMemory<byte> bytes = Check(requests.Current.Chunk, file, received);
            hash.AppendData(bytes.Span);
            long offset = received;
            await disk.RunAsync(() => target.Write(bytes.Span, offset), cancellationToken);
            received += bytes.Length;
        }

        string digest = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (digest != file.Sha256)
        {
            throw Fault.FileHashMismatch(file.Name, digest, file.Sha256);
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
