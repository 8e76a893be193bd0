using System.Text.RegularExpressions;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Transfers;

/// <summary>Headers of models on their way.</summary>
internal static partial class TransferMapping
{
    private const string At = "header.files";

    /// <exception cref="ServiceException">Names every field that breaks a rule.</exception>
    public static ImportPlan FromProto(ImportModelRequest.Types.Header header, long maxBytes)
    {
        string model = ResourceNames.ParseModel(header.Model, "header.model");
        SettingsChecks checks = new();
        if (header.EncoderSha256.Length > 0 && !Sha256().IsMatch(header.EncoderSha256))
        {
            checks.Add("header.encoder_sha256", "must have 64 lower-case hexadecimal digits");
        }

        CheckNames(header, checks);
        foreach (ModelFile file in header.Files.Where(static file => file.SizeBytes < 1 || !Sha256().IsMatch(file.Sha256)))
        {
            checks.Add(At, $"'{file.Name}' must have a size_bytes of 1 or more and a sha256 of 64 lower-case hexadecimal digits");
        }

        checks.ThrowIfAny();

        // Five sizes at most, so their sum cannot overflow once each is within the limit.
        long largest = header.Files.Max(static file => file.SizeBytes);
        long total = largest > maxBytes ? largest : header.Files.Sum(static file => file.SizeBytes);
        return total <= maxBytes
            ? new ImportPlan(model, [.. header.Files.Select(static file => new TransferFile(file.Name, file.SizeBytes, file.Sha256))], [.. header.AssignLabels], header.RequestId, header.EncoderSha256)
            : throw Fault.InputTooLarge(At, "bytes", maxBytes, total);
    }

    public static ModelFile ToProto(TransferFile file) => new() { Name = file.Name, SizeBytes = file.Size, Sha256 = file.Sha256 };

    private static void CheckNames(ImportModelRequest.Types.Header header, SettingsChecks checks)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (ModelFile file in header.Files)
        {
            if (!BertopicFiles.All.Contains(file.Name, StringComparer.Ordinal))
            {
                checks.Add(At, $"'{file.Name}' is none of {string.Join(", ", BertopicFiles.All)}");
            }
            else if (!seen.Add(file.Name))
            {
                checks.Add(At, $"'{file.Name}' is listed twice");
            }
        }

        foreach (string missing in BertopicFiles.Required.Where(name => !seen.Contains(name)))
        {
            checks.Add(At, $"'{missing}' is missing; the model must be saved by BERTopic with serialization=\"safetensors\"");
        }

        if (BertopicFiles.WordWeights.Count(seen.Contains) == 1)
        {
            checks.Add(At, $"{string.Join(" and ", BertopicFiles.WordWeights)} must come together");
        }
    }

    [GeneratedRegex("^[0-9a-f]{64}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Sha256();
}
