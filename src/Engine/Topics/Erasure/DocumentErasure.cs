using System.Globalization;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Recognition;

namespace TopicGrpc.Engine.Topics.Erasure;

/// <summary>
/// Removes training documents from a model. The layout, the cluster tree and everything that is counted over all documents stay as they
/// are, so the rows stay too: an erased row has no id, no text and no vector, and no search finds it.
/// </summary>
public static class DocumentErasure
{
    // A character that sorts before all others: an id made of the id before it and this character sorts before the next id.
    private const char Separator = '\0';

    /// <summary>Finds the rows of documents. An id alone does not suffice: a corpus may have another document with the id now.</summary>
    /// <param name="model">The model.</param>
    /// <param name="documents">Ids as in the model, with the fingerprint of the text.</param>
    /// <returns>Rows that are not erased yet, ascending. A model without fingerprints is searched by id alone.</returns>
    public static int[] Find(TopicModel model, IEnumerable<KeyValuePair<string, TextFingerprint>> documents)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(documents);
        TrainingTexts? texts = model.State.Texts;
        SortedSet<int> rows = [];
        foreach ((string id, TextFingerprint text) in documents)
        {
            int row = RowOf(model.DocumentIds, id);
            if (row >= 0 && (texts is null || texts.Has(text, row)))
            {
                rows.Add(row);
            }
        }

        rows.ExceptWith(model.ErasedRows);
        return [.. rows];
    }

    /// <summary>
    /// Returns the model without documents. Their vectors stay in memory, where nothing finds them; <see cref="Blank"/> removes them.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">Rows of the documents.</param>
    /// <returns>A model that shares everything else.</returns>
    public static TopicModel Hide(TopicModel model, IReadOnlyCollection<int> rows)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0)
        {
            return model;
        }

        int[] erased = [.. model.ErasedRows.Union(rows).Order()];
        TopicModelState state = model.State with
        {
            ErasedRows = erased,
            DocumentIds = Placeholders(model.DocumentIds, erased),
            Texts = model.State.Texts?.Without(erased),
            DocumentIndex = model.State.DocumentIndex?.Excluding(erased),
        };
        int[] layoutRows = state.Sample?.LayoutRows(erased) ?? erased;
        if (layoutRows.Length == (state.Sample?.Rows.Length ?? state.DocumentIds.Count))
        {
            // Nothing is left to place a text among.
            state = state with
            {
                Layout = null,
                Clusters = null,
                Sample = null,
                Refinements = [],
                Layers = null,
                DocumentIndex = null,
                MapPoints = erased.Length == state.DocumentIds.Count ? null : state.MapPoints,
            };
        }
        else if (state.Layout is { } layout)
        {
            state = state with { Layout = WithRows(layout, layout.TrainingRows, layout.Index.Excluding(layoutRows)) };
        }

        return new TopicModel(WithoutRepresentatives(state));
    }

    /// <summary>Returns the model with zeros in place of the vectors, index codes and chart positions of its erased rows.</summary>
    /// <param name="model">The model.</param>
    /// <returns>A model that contains nothing of the erased vectors; the same one if no row is erased.</returns>
    public static TopicModel Blank(TopicModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        int[] rows = model.ErasedRows;
        if (rows.Length == 0)
        {
            return model;
        }

        TopicModelState state = model.State with
        {
            DocumentVectors = Zeroed(model.State.DocumentVectors, rows),
            DocumentIndex = model.State.DocumentIndex?.Zeroed(),
            MapPoints = Zeroed(model.State.MapPoints, rows),
        };
        if (state.Layout is { } layout)
        {
            int[] layoutRows = state.Sample?.LayoutRows(rows) ?? rows;
            state = state with { Layout = WithRows(layout, Zeroed(layout.TrainingRows, layoutRows)!, layout.Index.Zeroed()) };
        }

        return new TopicModel(state);
    }

    /// <summary>Returns a state whose topics have no erased representative documents; an operation may choose an erased row.</summary>
    internal static TopicModelState WithoutRepresentatives(TopicModelState state)
    {
        HashSet<int> erased = [.. state.ErasedRows];
        return erased.Count == 0 ? state : state with
        {
            Topics =
            [
                .. state.Topics.Select(topic => topic with
                {
                    RepresentativeDocuments = [.. topic.RepresentativeDocuments.Where(document => !erased.Contains(document.Row))],
                }),
            ],
        };
    }

    private static UmapModel WithRows(UmapModel layout, Matrix rows, RowIndex index) =>
        new(layout.Options, layout.A, layout.B, rows, layout.Embedding, index);

    /// <summary>Replaces the ids of erased rows. The ids stay ascending, so that comparisons of models can merge them.</summary>
    private static string[] Placeholders(IReadOnlyList<string> ids, int[] erased)
    {
        string[] result = [.. ids];
        string before = string.Empty;
        int next = 0;
        for (int row = 0; row < result.Length; row++)
        {
            if (next < erased.Length && erased[next] == row)
            {
                result[row] = before + Separator + row.ToString("D10", CultureInfo.InvariantCulture);
                next++;
            }
            else
            {
                before = result[row];
            }
        }

        return result;
    }

    private static int RowOf(IReadOnlyList<string> ids, string id)
    {
        int low = 0;
        int high = ids.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (string.CompareOrdinal(ids[middle], id) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low < ids.Count && ids[low] == id ? low : -1;
    }

    private static Matrix? Zeroed(Matrix? matrix, int[] rows)
    {
        if (matrix is null)
        {
            return null;
        }

        Matrix copy = new(matrix.Rows, matrix.Columns, matrix.Span.ToArray());
        foreach (int row in rows)
        {
            copy.Row(row).Clear();
        }

        return copy;
    }
}
