using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>Figures that compare the documents of a sample with the assigned documents.</summary>
internal static class SampleComparison
{
    /// <summary>Returns the report of a sample.</summary>
    /// <param name="choice">The sample.</param>
    /// <param name="topics">Topics of all documents.</param>
    public static SampleReport Of(SampleChoice choice, SampledTopics topics)
    {
        TopicAssignments assignments = topics.Assignments;
        Part sampled = new(assignments.TopicCount);
        Part assigned = new(assignments.TopicCount);
        int next = 0;
        for (int row = 0; row < assignments.Topics.Length; row++)
        {
            bool isSampled = next < choice.Rows.Length && choice.Rows[next] == row;
            next += isSampled ? 1 : 0;
            (isSampled ? sampled : assigned).Add(assignments.Topics[row], topics.Strengths[row]);
        }

        double difference = 0;
        for (int topic = 0; topic < assignments.TopicCount; topic++)
        {
            difference += Math.Abs(sampled.ShareOf(topic) - assigned.ShareOf(topic));
        }

        return new SampleReport
        {
            Size = choice.Rows.Length,
            StratumCount = choice.Strata.Count,
            Strata = [.. choice.Strata.Take(SampleReport.MostStrata)],
            SampledOutlierShare = sampled.OutlierShare,
            AssignedOutlierShare = assigned.OutlierShare,
            SampledMeanProbability = sampled.MeanStrength,
            AssignedMeanProbability = assigned.MeanStrength,
            SizeDifference = difference / 2,
            AddedTopics = topics.Added,
        };
    }

    private sealed class Part(int topics)
    {
        private readonly int[] _sizes = new int[topics];
        private int _outliers;
        private int _members;
        private double _strengths;

        public double OutlierShare => _outliers + _members == 0 ? 0 : (double)_outliers / (_outliers + _members);

        public double MeanStrength => _members == 0 ? 0 : _strengths / _members;

        public void Add(int topic, double strength)
        {
            if (topic < 0)
            {
                _outliers++;
                return;
            }

            _sizes[topic]++;
            _members++;
            _strengths += strength;
        }

        public double ShareOf(int topic) => _members == 0 ? 0 : (double)_sizes[topic] / _members;
    }
}
