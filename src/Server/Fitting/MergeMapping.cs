using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using MergeMessage = TopicGrpc.V1.VersionOperation.Types.MergeModels;

namespace TopicGrpc.Server.Fitting;

/// <summary>Maps the merge of models: the one operation that starts from several versions.</summary>
internal static class MergeMapping
{
    /// <summary>Field with the further versions.</summary>
    public const string VersionsField = "operation.merge_models.model_versions";

    /// <summary>Reads and validates the message.</summary>
    /// <returns>The further versions in order, and the least similarity.</returns>
    /// <exception cref="ServiceException">Names every field that breaks a rule.</exception>
    public static (IReadOnlyList<VersionSelector> Versions, double MinSimilarity) FromProto(MergeMessage merge, VersionHandle first)
    {
        string start = first.Name;
        if (merge.ModelVersions.Contains(start))
        {
            throw Fault.InvalidField(VersionsField, $"'{start}' is the version that the merge starts from");
        }

        return ([.. merge.ModelVersions.Select(Choice)], merge.HasMinSimilarity ? merge.MinSimilarity : new MergeModels().MinSimilarity);
    }

    private static VersionSelector Choice(string name)
    {
        (string model, long number) = RequestNames.ParseVersion(name, VersionsField);
        return new VersionSelector(model, number, Label: null);
    }
}
