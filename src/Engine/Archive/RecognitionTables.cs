using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Recognition;

namespace TopicGrpc.Engine.Archive;

/// <summary>
/// Reads and writes what a model recognizes texts by. Both tables are optional: archives of earlier releases have neither, and then the
/// model recognizes no text and gives no novelty.
/// </summary>
internal static class RecognitionTables
{
    public static void Write(ArchiveWriter writer, TopicModelState state)
    {
        if (state.Texts is { } texts)
        {
            writer.Write(ArchiveNames.DocumentTexts, texts.Entries, TrainingTexts.Columns);
        }

        if (state.Novelty is { } novelty)
        {
            writer.Write(ArchiveNames.DocumentDistances, novelty.Distances);
        }
    }

    /// <exception cref="ArgumentException">The table does not fit the documents.</exception>
    public static TrainingTexts? ReadTexts(ArchiveContent content)
    {
        if (!content.Has(ArchiveNames.DocumentTexts))
        {
            return null;
        }

        int columns = content.ShapeOf(ArchiveNames.DocumentTexts).Columns;
        return columns == TrainingTexts.Columns
            ? TrainingTexts.Recorded(content.Integers(ArchiveNames.DocumentTexts), content.ShapeOf(ArchiveNames.DocumentLabels).Rows)
            : throw new InvalidDataException($"{ArchiveNames.DocumentTexts} has {columns} columns; {TrainingTexts.Columns} are expected.");
    }

    /// <exception cref="ArgumentException">The distances are not ascending.</exception>
    public static NoveltyReference? ReadNovelty(ArchiveContent content)
    {
        if (!content.Has(ArchiveNames.DocumentDistances))
        {
            return null;
        }

        Matrix distances = content.Matrix(ArchiveNames.DocumentDistances);
        return new NoveltyReference(distances.Span.ToArray());
    }
}
