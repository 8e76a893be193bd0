namespace TopicGrpc.Engine.Numerics;

/// <summary>
/// Collection of the large arrays that a step of a fit leaves behind. The collector sizes its budget for large arrays by the
/// arrays that are alive, so without it the garbage of a large fit can exceed its data.
/// </summary>
internal static class StageGarbage
{
    /// <summary>Fewest rows whose arrays are worth a collection.</summary>
    private const int FewestRows = 50_000;

    /// <summary>Starts a collection in the background, which does not pause the threads of other calls.</summary>
    /// <param name="rows">Rows of the step.</param>
    public static void Collect(int rows)
    {
        if (rows >= FewestRows)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
        }
    }
}
