using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>
/// Settings of the check layouts of an automatic fit. They differ from the layout of the fit by their seed and by fewer epochs with fewer
/// pushes, so they take a fraction of its time; topics that do not depend on chance appear in them too.
/// </summary>
internal static class CheckLayouts
{
    private const int Count = 2;
    private const int Epochs = 100;

    /// <summary>Epochs of the check layouts of a large corpus, whose clusters have more documents and settle earlier.</summary>
    private const int EpochsOfLargeCorpus = 50;

    /// <summary>Check layouts push half as often and twice as strongly, down to umap-learn's five pushes.</summary>
    private const int LeastNegativeSamples = 5;

    /// <summary>Second key of the seeds of the check layouts.</summary>
    private const long SeedStream = 0x636865636B;

    /// <summary>Returns the settings of each check layout.</summary>
    /// <param name="layout">Settings of the layout of the fit.</param>
    /// <param name="documents">Number of documents.</param>
    public static UmapOptions[] For(UmapOptions layout, int documents)
    {
        int epochs = documents > AutomaticSettings.LargestWithManyPushes ? EpochsOfLargeCorpus : Epochs;
        UmapOptions coarse = layout with { EpochCount = Math.Min(epochs, Umap.EpochsFor(layout, documents)) };
        if (layout.NegativeSampleRate >= 2 * LeastNegativeSamples)
        {
            coarse = coarse with
            {
                NegativeSampleRate = layout.NegativeSampleRate / 2,
                RepulsionStrength = layout.RepulsionStrength * layout.NegativeSampleRate / (layout.NegativeSampleRate / 2),
            };
        }

        var layouts = new UmapOptions[Count];
        for (int i = 0; i < layouts.Length; i++)
        {
            layouts[i] = coarse with { Seed = (long)CounterRandom.Key(layout.Seed, SeedStream, i) };
        }

        return layouts;
    }
}
