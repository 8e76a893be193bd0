namespace TopicGrpc.Engine.Topics.Recognition;

/// <summary>
/// Distances of the training documents from each other, to which the distance of a new text is compared: that of the fifth nearest other
/// document, repeated texts counted once. The share of documents at least as far as a new text is the p-value of the hypothesis that the
/// text comes from the same source (conformal anomaly detection: Laxhammar and Falkman 2011), so a threshold is also the share of
/// familiar texts that it reports by mistake.
/// </summary>
public sealed class NoveltyReference
{
    private readonly float[] _distances;

    /// <summary>Wraps the distances.</summary>
    /// <param name="distances">One or more distances, ascending; not copied.</param>
    /// <exception cref="ArgumentException">There are none, or they are not ascending numbers from 0.</exception>
    public NoveltyReference(float[] distances)
    {
        ArgumentNullException.ThrowIfNull(distances);
        bool valid = distances.Length > 0 && distances[0] >= 0 && float.IsFinite(distances[^1]);
        for (int i = 1; valid && i < distances.Length; i++)
        {
            valid = distances[i] >= distances[i - 1];
        }

        _distances = valid
            ? distances
            : throw new ArgumentException("The distances of the training documents are not an ascending list.", nameof(distances));
    }

    /// <summary>Number of distances.</summary>
    public int Count => _distances.Length;

    /// <summary>The distances, for archives.</summary>
    internal ReadOnlySpan<float> Distances => _distances;

    /// <summary>Returns the share of training documents that are at least as far from their neighbors.</summary>
    /// <param name="distance">Distance of a text from the training documents.</param>
    /// <returns>A share in [0, 1]. Small: the text is foreign to the documents.</returns>
    public double ShareAtLeast(double distance)
    {
        int low = 0;
        int high = _distances.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_distances[middle] < distance)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return (double)(_distances.Length - low) / _distances.Length;
    }
}
