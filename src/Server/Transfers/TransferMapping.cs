using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Transfers;

/// <summary>Maps headers of imports and exports.</summary>
internal static class TransferMapping
{
    /// <summary>Maps the header of an import, which was checked against the limits of the contract.</summary>
    /// <exception cref="ServiceException">The files are larger than this server accepts.</exception>
    public static ImportPlan FromProto(ImportModelRequest.Types.Header header, long maxBytes)
    {
        string modelId = RequestNames.ParseModel(header.Model, "header.model");

        // At most five files, so the sum cannot overflow once each size is within the limit.
        long largest = header.Files.Max(static file => file.SizeBytes);
        long total = largest > maxBytes ? largest : header.Files.Sum(static file => file.SizeBytes);
        return total <= maxBytes
            ? new ImportPlan(
                modelId,
                [.. header.Files.Select(static file => new TransferFile(file.Name, file.SizeBytes, file.Sha256))],
                [.. header.AssignLabels],
                header.RequestId,
                header.EncoderSha256)
            : throw Fault.InputTooLarge("header.files", "bytes", maxBytes, total);
    }

    public static ModelFile ToProto(TransferFile file) => new() { Name = file.Name, SizeBytes = file.Size, Sha256 = file.Sha256 };
}
