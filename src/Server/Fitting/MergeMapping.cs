using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using MergeMessage = TopicGrpc.V1.VersionOperation.Types.MergeModels;

namespace TopicGrpc.Server.Fitting;

/// <summary>The one operation that starts from several versions.</summary>
internal static class MergeMapping
{
    /// <summary>Field with the further versions.</summary>
    public const string VersionsField = "operation.merge_models.model_versions";

    private const int MaxVersions = 16;
    private const double DefaultMinSimilarity = 0.7;

    /// <returns>The further versions in order, and the least similarity.</returns>
    /// <exception cref="ServiceException">Names every field that breaks a rule.</exception>
    public static (IReadOnlyList<VersionChoice> Versions, double MinSimilarity) FromProto(MergeMessage merge, VersionHandle first)
    {
        SettingsChecks checks = new();
        if (merge.ModelVersions.Count is 0 or > MaxVersions)
        {
            checks.Add(VersionsField, FormattableString.Invariant($"must hold 1 to {MaxVersions} versions, {merge.ModelVersions.Count} given"));
        }

        HashSet<string> seen = new(StringComparer.Ordinal) { ResourceNames.Version(first.Model, first.Number) };
        foreach (string name in merge.ModelVersions.Where(name => !seen.Add(name)))
        {
            checks.Add(VersionsField, $"'{name}' is named twice; the version that the merge starts from counts as named");
        }

        double minSimilarity = merge.HasMinSimilarity ? checks.Range("operation.merge_models.min_similarity", merge.MinSimilarity, -1, 1) : DefaultMinSimilarity;
        checks.ThrowIfAny();
        return ([.. merge.ModelVersions.Select(Choice)], minSimilarity);
    }

    private static VersionChoice Choice(string name)
    {
        (string model, long number) = ResourceNames.ParseVersion(name, VersionsField);
        return new VersionChoice(model, number, Label: null);
    }
}
