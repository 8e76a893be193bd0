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
            string name = header.Files[index].Name;
            string? fault = !BertopicFiles.All.Contains(name, StringComparer.Ordinal)
                ? $"{ViolationList.Quote(name)} is none of {string.Join(", ", BertopicFiles.All)}"
                : seen.Add(name) ? null : $"'{name}' is listed twice";
            if (fault is not null)
            {
                state.AddAt(string.Create(CultureInfo.InvariantCulture, $"files[{index}].name"), fault);
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
