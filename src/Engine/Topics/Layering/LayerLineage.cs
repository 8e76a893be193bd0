namespace TopicGrpc.Engine.Topics.Layering;

/// <summary>
/// Inheritance of the uids of layer topics: a topic inherits the uid of the topic of an earlier model if each holds more than half of the
/// documents that both models have in topics of these layers. Layers of the same name are compared first.
/// </summary>
internal static class LayerLineage
{
    /// <summary>Returns the model with inherited uids; the same model if it inherits none.</summary>
    public static TopicModel Continue(TopicModel model, TopicModel predecessor)
    {
        if (model.Layers is not { } layers || predecessor.Layers is not { } older)
        {
            return model;
        }

        (int[] rows, int[] olderRows) = SharedRows(model.DocumentIds, predecessor.DocumentIds);
        if (rows.Length == 0)
        {
            return model;
        }

        HashSet<string> taken = [.. model.Topics.Select(static topic => topic.Uid)];
        TopicLayer[] all = [.. older.Finer, .. older.Coarser];
        bool inherits = false;
        TopicLayers result = layers with
        {
            Finer = [.. layers.Finer.Select(Inherit)],
            Coarser = [.. layers.Coarser.Select(Inherit)],
        };
        return inherits ? new TopicModel(model.State with { Layers = Unique(result, model.Topics) }) : model;

        TopicLayer Inherit(TopicLayer layer)
        {
            LayerTopic[] topics = [.. layer.Topics];
            bool[] done = new bool[topics.Length];
            foreach (TopicLayer source in all.OrderByDescending(other => other.Name == layer.Name))
            {
                int[] same = Same(layer, source, rows, olderRows);
                for (int topic = 0; topic < topics.Length; topic++)
                {
                    if (!done[topic] && same[topic] >= 0 && taken.Add(source.Topics[same[topic]].Uid))
                    {
                        topics[topic] = topics[topic] with { Uid = source.Topics[same[topic]].Uid };
                        done[topic] = inherits = true;
                    }
                }
            }

            return layer with { Topics = topics };
        }
    }

    private static (int[] Rows, int[] OlderRows) SharedRows(IReadOnlyList<string> ids, IReadOnlyList<string> older)
    {
        List<int> rows = [];
        List<int> olderRows = [];
        for (int row = 0, other = 0; row < ids.Count && other < older.Count;)
        {
            int order = string.CompareOrdinal(ids[row], older[other]);
            if (order == 0)
            {
                rows.Add(row);
                olderRows.Add(other);
            }

            row += order <= 0 ? 1 : 0;
            other += order >= 0 ? 1 : 0;
        }

        return ([.. rows], [.. olderRows]);
    }

    // Topic of the older layer by topic of the newer one, where each holds more than half of the other.
    private static int[] Same(TopicLayer layer, TopicLayer older, int[] rows, int[] olderRows)
    {
        Dictionary<(int Newer, int Older), int> shared = [];
        int[] sizes = new int[layer.Topics.Count];
        int[] olderSizes = new int[older.Topics.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            (int Newer, int Older) pair = (layer.Assignments[rows[i]], older.Assignments[olderRows[i]]);
            if (pair.Newer >= 0 && pair.Older >= 0)
            {
                sizes[pair.Newer]++;
                olderSizes[pair.Older]++;
                shared[pair] = shared.GetValueOrDefault(pair) + 1;
            }
        }

        int[] same = new int[sizes.Length];
        Array.Fill(same, -1);
        foreach (((int newer, int old), int count) in shared)
        {
            // More than half of a topic is at most one topic, so the order of the pairs does not matter.
            if (2L * count > sizes[newer] && 2L * count > olderSizes[old])
            {
                same[newer] = old;
            }
        }

        return same;
    }

    // An own uid can equal an inherited one; the topic that did not inherit it then gets a new one.
    private static TopicLayers Unique(TopicLayers layers, IReadOnlyList<Topic> own)
    {
        HashSet<string> taken = [.. own.Select(static topic => topic.Uid)];
        return layers with { Finer = [.. layers.Finer.Select(Rename)], Coarser = [.. layers.Coarser.Select(Rename)] };

        TopicLayer Rename(TopicLayer layer) => layer with { Topics = [.. layer.Topics.Select(topic => Free(topic, layer.Name))] };

        LayerTopic Free(LayerTopic topic, string layer)
        {
            string uid = topic.Uid;
            for (int attempt = 0; !taken.Add(uid); attempt++)
            {
                uid = TopicUid.Create(topic.Words, [layer, topic.Uid], attempt);
            }

            return uid == topic.Uid ? topic : topic with { Uid = uid };
        }
    }
}
