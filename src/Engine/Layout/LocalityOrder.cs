using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>
/// An order of the vertices of a graph in which neighbors are close, so that loops over the edges find them in the cache.
/// Clusters of up to four vertices are joined along their heaviest edges and contracted, level by level (heavy-edge
/// coarsening, Karypis and Kumar 1998); the order lists the vertices of every cluster together.
/// </summary>
internal static class LocalityOrder
{
    /// <summary>Largest number of vertices of a cluster within one level. Larger ones let one cluster absorb the graph.</summary>
    private const int MostMembers = 4;

    /// <summary>A level with no more vertices is not contracted.</summary>
    private const int FewestVertices = 64;

    /// <summary>Returns the vertex at each place of the order.</summary>
    /// <param name="graph">Symmetric weights, n × n.</param>
    /// <param name="cancellationToken">Cancels between levels.</param>
    public static int[] Of(CsrMatrix<float> graph, CancellationToken cancellationToken)
    {
        Stack<int[]> levels = new();
        CsrMatrix<float> level = graph;
        while (level.Rows > FewestVertices)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (int[] clusterOf, int clusters) = Cluster(level);

            // Without edges between clusters, further levels change nothing.
            if (clusters > level.Rows - (level.Rows / 16))
            {
                break;
            }

            levels.Push(clusterOf);
            level = Contract(level, clusterOf, clusters);
        }

        int[] order = new int[level.Rows];
        for (int vertex = 0; vertex < order.Length; vertex++)
        {
            order[vertex] = vertex;
        }

        while (levels.TryPop(out int[]? clusterOf))
        {
            order = Expand(order, clusterOf);
        }

        return order;
    }

    /// <summary>Returns a graph whose row i is the row of vertex <c>order[i]</c>, with the columns renumbered alike.</summary>
    public static CsrMatrix<float> Apply(CsrMatrix<float> graph, int[] order)
    {
        int[] placeOf = new int[order.Length];
        for (int place = 0; place < order.Length; place++)
        {
            placeOf[order[place]] = place;
        }

        int[] starts = new int[order.Length + 1];
        int[] columns = new int[graph.ColumnIndices.Length];
        float[] values = new float[columns.Length];
        for (int place = 0; place < order.Length; place++)
        {
            int next = starts[place];
            foreach (int column in graph.RowColumns(order[place]))
            {
                columns[next++] = placeOf[column];
            }

            graph.RowValues(order[place]).CopyTo(values.AsSpan(starts[place]));
            starts[place + 1] = next;
        }

        return new CsrMatrix<float>(graph.Columns, starts, columns, values);
    }

    private static (int[] ClusterOf, int Count) Cluster(CsrMatrix<float> graph)
    {
        int[] clusterOf = new int[graph.Rows];
        clusterOf.AsSpan().Fill(-1);
        int[] sizes = new int[graph.Rows];
        int count = 0;
        for (int vertex = 0; vertex < graph.Rows; vertex++)
        {
            if (clusterOf[vertex] >= 0)
            {
                continue;
            }

            int heaviest = -1;
            float most = 0f;
            ReadOnlySpan<int> columns = graph.RowColumns(vertex);
            ReadOnlySpan<float> values = graph.RowValues(vertex);
            for (int i = 0; i < columns.Length; i++)
            {
                int cluster = clusterOf[columns[i]];
                if (values[i] > most && columns[i] != vertex && (cluster < 0 || sizes[cluster] < MostMembers))
                {
                    (heaviest, most) = (columns[i], values[i]);
                }
            }

            if (heaviest < 0)
            {
                clusterOf[vertex] = count;
                sizes[count++] = 1;
                continue;
            }

            if (clusterOf[heaviest] < 0)
            {
                clusterOf[heaviest] = count;
                sizes[count++] = 1;
            }

            clusterOf[vertex] = clusterOf[heaviest];
            sizes[clusterOf[vertex]]++;
        }

        return (clusterOf, count);
    }

    /// <summary>Returns the graph of the clusters; the weight of an edge is the sum of the weights between two clusters.</summary>
    private static CsrMatrix<float> Contract(CsrMatrix<float> graph, int[] clusterOf, int clusters)
    {
        (int[] members, int[] memberStarts) = Members(clusterOf, clusters);
        int[] placeOf = new int[clusters];
        placeOf.AsSpan().Fill(-1);

        // The first pass counts the edges, so that no array is larger than the graph of the clusters.
        int[] starts = new int[clusters + 1];
        for (int cluster = 0; cluster < clusters; cluster++)
        {
            int edges = 0;
            foreach (int vertex in members.AsSpan(memberStarts[cluster], memberStarts[cluster + 1] - memberStarts[cluster]))
            {
                foreach (int column in graph.RowColumns(vertex))
                {
                    int other = clusterOf[column];
                    edges += other != cluster && placeOf[other] != cluster ? 1 : 0;
                    placeOf[other] = cluster;
                }
            }

            starts[cluster + 1] = starts[cluster] + edges;
        }

        int[] columns = new int[starts[^1]];
        float[] values = new float[columns.Length];
        placeOf.AsSpan().Fill(-1);
        int next = 0;
        for (int cluster = 0; cluster < clusters; cluster++)
        {
            foreach (int vertex in members.AsSpan(memberStarts[cluster], memberStarts[cluster + 1] - memberStarts[cluster]))
            {
                for (int i = graph.RowStarts[vertex]; i < graph.RowStarts[vertex + 1]; i++)
                {
                    int other = clusterOf[graph.ColumnIndices[i]];
                    if (other == cluster)
                    {
                        continue;
                    }

                    if (placeOf[other] < starts[cluster])
                    {
                        placeOf[other] = next;
                        columns[next++] = other;
                    }

                    values[placeOf[other]] += graph.Values[i];
                }
            }
        }

        return new CsrMatrix<float>(clusters, starts, columns, values);
    }

    private static int[] Expand(int[] clusterOrder, int[] clusterOf)
    {
        (int[] members, int[] starts) = Members(clusterOf, clusterOrder.Length);
        int[] order = new int[clusterOf.Length];
        int next = 0;
        foreach (int cluster in clusterOrder)
        {
            int count = starts[cluster + 1] - starts[cluster];
            Array.Copy(members, starts[cluster], order, next, count);
            next += count;
        }

        return order;
    }

    /// <summary>Returns the members of each cluster, ascending, by counting sort.</summary>
    private static (int[] Members, int[] Starts) Members(int[] clusterOf, int clusters)
    {
        int[] starts = new int[clusters + 1];
        foreach (int cluster in clusterOf)
        {
            starts[cluster + 1]++;
        }

        for (int cluster = 0; cluster < clusters; cluster++)
        {
            starts[cluster + 1] += starts[cluster];
        }

        int[] next = starts[..^1];
        int[] members = new int[clusterOf.Length];
        for (int vertex = 0; vertex < clusterOf.Length; vertex++)
        {
            members[next[clusterOf[vertex]]++] = vertex;
        }

        return (members, starts);
    }
}
