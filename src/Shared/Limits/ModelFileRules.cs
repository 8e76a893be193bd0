using System.Globalization;
using TopicGrpc.V1;

namespace TopicGrpc.Shared.Limits;

/// <summary>The files that make up an imported model.</summary>
internal static class ModelFileRules
{
    public static void Check(ImportModelRequest.Types.Header header, CheckState state)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int index = 0; index < header.Files.Count; index++)
        {
            ModelFile file = header.Files[index];
            string place = string.Create(CultureInfo.InvariantCulture, $"files[{index}]");
            string? fault = !BertopicFiles.All.Contains(file.Name, StringComparer.Ordinal)
                ? $"{ViolationList.Quote(file.Name)} is none of {string.Join(", ", BertopicFiles.All)}"
                : seen.Add(file.Name) ? null : $"'{file.Name}' is listed twice";
            if (fault is not null)
            {
                state.AddAt($"{place}.name", fault);
            }
            else if (file.SizeBytes > BertopicFiles.MaxBytesOf(file.Name))
            {
                state.Path.Enter($"{place}.size_bytes");
                state.AddTooLarge(BertopicFiles.MaxBytesOf(file.Name), file.SizeBytes, $"bytes for '{file.Name}'", isContent: true);
                state.Path.Leave();
            }
        }

        foreach (string missing in BertopicFiles.Required.Where(name => !seen.Contains(name)))
        {
            state.AddAt("files", $"'{missing}' is missing; the model must be saved by BERTopic with serialization=\"safetensors\"");
        }

        if (BertopicFiles.WordWeights.Count(seen.Contains) == 1)
        {
            state.AddAt("files", $"{string.Join(" and ", BertopicFiles.WordWeights)} must be given together");
        }
    }
}
