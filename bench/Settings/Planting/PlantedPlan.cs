namespace TopicGrpc.Settings.Planting;

/// <summary>What a generated corpus contains.</summary>
internal sealed record PlantedPlan
{
    /// <summary>Number of groups, 2 to <see cref="PlantedCorpus.MostGroups"/>.</summary>
    public required int Groups { get; init; }

    /// <summary>Number of documents.</summary>
    public required int Documents { get; init; }

    /// <summary>True for sizes by Zipf's law, group r having a share proportional to 1/r; false for equal sizes.</summary>
    public bool Zipf { get; init; }

    /// <summary>Share of the documents that mix words of many groups and belong to none.</summary>
    public double ForeignShare { get; init; }

    /// <summary>Share of the documents that repeat one and the same text; they are one more group.</summary>
    public double DuplicateShare { get; init; }

    /// <summary>Share of the documents in German; they are one more group, because the encoder is English.</summary>
    public double GermanShare { get; init; }

    /// <summary>Seed of the generator.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Name of the corpus, unique for its content.</summary>
    public string Name => FormattableString.Invariant(
        $"{Groups}x{Documents}{(Zipf ? "-zipf" : "")}-f{ForeignShare}-d{DuplicateShare}-g{GermanShare}-s{Seed}");
}
