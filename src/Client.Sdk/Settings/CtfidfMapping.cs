using TopicGrpc.Client.Calls;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Settings;

/// <summary>Maps the settings of the term weights between SDK and contract.</summary>
internal static class CtfidfMapping
{
    public static Wire.CtfidfSettings Map(CtfidfSettings settings)
    {
        Wire.CtfidfSettings wire = new() { SeedWords = { settings.SeedWords } };
        WireValue.Set(settings.Bm25Weighting, value => wire.Bm25Weighting = value);
        WireValue.Set(settings.ReduceFrequentWords, value => wire.ReduceFrequentWords = value);
        WireValue.Set(settings.SeedMultiplier, value => wire.SeedMultiplier = value);
        return wire;
    }

    public static CtfidfSettings Map(Wire.CtfidfSettings wire) => new()
    {
        Bm25Weighting = wire.HasBm25Weighting ? wire.Bm25Weighting : null,
        ReduceFrequentWords = wire.HasReduceFrequentWords ? wire.ReduceFrequentWords : null,
        SeedWords = [.. wire.SeedWords],
        SeedMultiplier = wire.HasSeedMultiplier ? wire.SeedMultiplier : null,
    };
}
