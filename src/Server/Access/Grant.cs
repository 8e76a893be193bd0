using TopicGrpc.V1;

namespace TopicGrpc.Server.Access;

/// <summary>What a caller may do, and on which models and corpora.</summary>
/// <param name="Role">The role.</param>
/// <param name="Models">Ids of the models that the caller sees.</param>
/// <param name="Corpora">Ids of the corpora that the caller sees.</param>
internal sealed record Grant(Role Role, NamePatterns Models, NamePatterns Corpora)
{
    /// <summary>Everything.</summary>
    public static Grant Everything { get; } = new(Role.Admin, NamePatterns.All, NamePatterns.All);

    /// <summary>Whether the grant has no patterns that restrict it.</summary>
    public bool IsUnrestricted => Models.MatchesAll && Corpora.MatchesAll;

    /// <summary>Returns whether a fit is visible: its model is, and its corpus if it has one.</summary>
    public bool SeesFit(string modelId, string corpusId) =>
        Models.Matches(modelId) && (corpusId.Length == 0 || Corpora.Matches(corpusId));
}
