using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Transfers;

/// <summary>Headers of models on their way.</summary>
internal static class TransferMapping
{
    private const string At = "header.files";

    /// <exception cref="ServiceException">Names every field that breaks a rule.</exception>
    public static ImportPlan FromProto(ImportModelRequest.Types.Header header, long maxBytes)
    {
        string model = RequestNames.ParseModel(header.Model, "header.model");
        // Five sizes at most, so their sum cannot overflow once each is within the limit.
        long largest = header.Files.Max(static file => file.SizeBytes);
        long total = largest > maxBytes ? largest : header.Files.Sum(static file => file.SizeBytes);
        return total <= maxBytes
            ? new ImportPlan(model, [.. header.Files.Select(static file => new TransferFile(file.Name, file.SizeBytes, file.Sha256))], [.. header.AssignLabels], header.RequestId, header.EncoderSha256)
            : throw Fault.InputTooLarge(At, "bytes", maxBytes, total);
    }

    public static ModelFile ToProto(TransferFile file) => new() { Name = file.Name, SizeBytes = file.Size, Sha256 = file.Sha256 };
}
