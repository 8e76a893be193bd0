namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>Sizes of the smallest cluster that an automatic fit tries: a geometric series that contains the size by documents.</summary>
internal static class ResolutionGrid
{
    private const double Step = 1.25;
    private const int LeastSize = 3;
    private const int UsualLeastSize = 10;
    private const int UsualMostSize = 200;

    /// <summary>The least size is this share of the square root of the number of documents: 3 up to 400 documents, 10 from 3,600.</summary>
    private const double RootShare = 1.0 / 6;

    /// <summary>The most size is one in this many documents, but <see cref="UsualMostSize"/> for small corpora.</summary>
    private const int MostShare = 12;

    /// <summary>A smallest cluster of more than one in this many documents leaves no room for five topics.</summary>
    private const int LimitShare = 8;

    /// <summary>Returns the largest usual size: 200, or the next above the size by documents. Larger ones need better reasons.</summary>
    public static int UsualMost(int byDocuments) => Math.Max(UsualMostSize, (int)(byDocuments * Step));

    /// <summary>Returns the sizes, ascending.</summary>
    /// <param name="documents">Number of documents.</param>
    /// <param name="byDocuments">Size that follows from the number of documents alone.</param>
    public static int[] For(int documents, int byDocuments)
    {
        int least = Math.Clamp((int)Math.Round(Math.Sqrt(documents) * RootShare), LeastSize, UsualLeastSize);
        int most = Math.Max(least, Math.Min(Math.Max(UsualMostSize, documents / MostShare), documents / LimitShare));
        SortedSet<int> sizes = [Math.Clamp(byDocuments, least, most)];
        for (double size = least; (int)Math.Round(size) <= most; size *= Step)
        {
            sizes.Add((int)Math.Round(size));
        }

        return [.. sizes];
    }
}
