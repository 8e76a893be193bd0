using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics;

/// <summary>The documents of a model on which its layout and clusters were fitted; the others were assigned as new texts are.</summary>
/// <param name="Rows">Rows of the fitted documents, ascending: row i of the layout and of the clusters is document Rows[i].</param>
/// <param name="Positions">
/// Coordinates of all n documents in the layout. An assigned document has the position at which it was placed.
/// </param>
public sealed record FittedSample(int[] Rows, Matrix Positions)
{
    /// <summary>Returns the rows of the layout for documents that are among the fitted ones.</summary>
    /// <param name="documents">Rows of documents, ascending.</param>
    internal int[] LayoutRows(int[] documents)
    {
        List<int> rows = [];
        foreach (int document in documents)
        {
            int row = Array.BinarySearch(Rows, document);
            if (row >= 0)
            {
                rows.Add(row);
            }
        }

        return [.. rows];
    }
}
