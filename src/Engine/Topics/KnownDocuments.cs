using TopicGrpc.Engine.Topics.Recognition;

namespace TopicGrpc.Engine.Topics;

/// <summary>
/// Finds the training document with a given text. If several documents have the text, the first one represents all; if their topics
/// differ, the first one in the topic of most of them, of equally frequent topics the lower one.
/// </summary>
internal sealed class KnownDocuments
{
    private readonly TrainingTexts _texts;

    // Chosen rows of texts in several topics, by the place of the text and by row. Other repeated texts need no entry, so a template
    // sent a million times takes no memory.
    private readonly Dictionary<int, int> _chosen = [];
    private readonly Dictionary<int, int> _sameText = [];

    public KnownDocuments(TrainingTexts texts, int[] assignments)
    {
        _texts = texts;
        for (int first = 0, end; first < texts.Count; first = end)
        {
            end = texts.EndOf(first);
            if (AreInSeveralTopics(first, end, assignments))
            {
                Decide(first, end, assignments);
            }
        }
    }

    /// <summary>Returns the row of the document with a text; −1 for a new text.</summary>
    public int Find(TextFingerprint text)
    {
        int place = _texts.Find(text);
        return place < 0 ? -1 : _chosen.TryGetValue(place, out int row) ? row : _texts.RowAt(place);
    }

    /// <summary>Returns the row of the document that represents those with the text of a row.</summary>
    public int Representative(int row) => _sameText.GetValueOrDefault(row, row);

    private bool AreInSeveralTopics(int first, int end, int[] assignments)
    {
        int topic = assignments[_texts.RowAt(first)];
        for (int place = first + 1; place < end; place++)
        {
            if (assignments[_texts.RowAt(place)] != topic)
            {
                return true;
            }
        }

        return false;
    }

    private void Decide(int first, int end, int[] assignments)
    {
        SortedDictionary<int, int> counts = [];
        for (int place = first; place < end; place++)
        {
            int topic = assignments[_texts.RowAt(place)];
            counts[topic] = counts.GetValueOrDefault(topic) + 1;
        }

        // Sorted by topic, so the first maximum is that of the lowest topic.
        int most = counts.MaxBy(static pair => pair.Value).Key;
        int chosen = first;
        while (assignments[_texts.RowAt(chosen)] != most)
        {
            chosen++;
        }

        _chosen[first] = _texts.RowAt(chosen);
        for (int place = first; place < end; place++)
        {
            _sameText[_texts.RowAt(place)] = _texts.RowAt(chosen);
        }
    }
}
