using FsCheck;
using FsCheck.Fluent;
using Rapida.Speech.Scripted.Understanding;

namespace Speech.Tests;

public sealed class UnderstandingTests
{
    [Theory]
    [InlineData("monday", "monday")]
    [InlineData("is there anything available next wednesday morning", "wednesday")]
    [InlineData("not monday I said Tuesday.", "tuesday")]
    [InlineData("Thursdays are fine", "thursday")]
    [InlineData("tomorrow at nine", "tomorrow")]
    [InlineData("one day", null)]
    public void A_day_is_found_anywhere(string said, string? day) => Assert.Equal(day, Days.Find(Words.Of(said)));

    [Theory]
    [InlineData("ten", "10:00")]
    [InlineData("ten thirty", "10:30")]
    [InlineData("nine fifteen", "09:15")]
    [InlineData("three o'clock", "15:00")]
    [InlineData("three p m", "15:00")]
    [InlineData("nine p.m.", "21:00")]
    [InlineData("ten in the evening", "22:00")]
    [InlineData("eight oh five", "08:05")]
    [InlineData("one forty five", "13:45")]
    [InlineData("half past ten", "10:30")]
    [InlineData("quarter to nine", "08:45")]
    [InlineData("quarter to one", "12:45")]
    [InlineData("twelve", "12:00")]
    [InlineData("twelve a m", "00:00")]
    [InlineData("noon", "12:00")]
    [InlineData("for two people at ten thirty", "10:30")]
    [InlineData("i am free at three", "15:00")]
    [InlineData("Monday, 10:30 a.m.", "10:30")]
    [InlineData("at 14:45", "14:45")]
    [InlineData("10am please", "10:00")]
    [InlineData("some time", null)]
    public void A_time_is_found_in_the_ways_that_people_say_it(string said, string? time) => Assert.Equal(time, Times.Find(Words.Of(said)));

    [Theory]
    [InlineData("1030#", "10:30")]
    [InlineData("930", "09:30")]
    [InlineData("9", "09:00")]
    [InlineData("1430", "14:30")]
    [InlineData("2561", null)]
    [InlineData("#", null)]
    public void A_time_can_be_keyed_in(string keys, string? time) => Assert.Equal(time, Times.FromKeys(keys));

    [Theory]
    [InlineData("five five five one two three four", "5551234")]
    [InlineData("oh one zero", "010")]
    [InlineData("my number is double two seven", "227")]
    [InlineData("eight hundred five five five", "800555")]
    [InlineData("twenty three fifteen", "2315")]
    [InlineData("twenty oh four", "2004")]
    [InlineData("five to too for", "5224")]
    [InlineData("for my phone", "")]
    [InlineData("It's 555-1234.", "5551234")]
    public void Digits_are_found_in_order(string said, string digits) => Assert.Equal(digits, Digits.Find(Words.Of(said)));

    [Theory]
    [InlineData("yes that's right", true)]
    [InlineData("Yeah.", true)]
    [InlineData("one", true)]
    [InlineData("no that's not right", false)]
    [InlineData("that is wrong", false)]
    [InlineData("two", false)]
    [InlineData("the day", null)]
    [InlineData("twenty one", null)]
    public void Assent_and_dissent_are_told_apart(string said, bool? yes) => Assert.Equal(yes, YesOrNo.Find(Words.Of(said)));

    [Fact]
    public void Any_digits_spoken_singly_are_those_digits()
    {
        string[] names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "oh"];

        Prop.ForAll(Gen.Choose(0, 10).ListOf().ToArbitrary(), spoken =>
            Digits.Find(spoken.Select(digit => names[digit]).ToArray()) == string.Concat(spoken.Select(digit => digit % 10))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void What_we_read_back_is_what_we_would_understand()
    {
        for (var minute = 0; minute < 24 * 60; minute++)
        {
            var time = $"{minute / 60:00}:{minute % 60:00}";
            Assert.Equal(time, Times.Find(Words.Of(Times.Spoken(time))));
        }

        Prop.ForAll(Gen.Choose(0, 9).ListOf().ToArbitrary(), list =>
        {
            var digits = string.Concat(list);
            return Digits.Find(Words.Of(Digits.Spoken(digits))) == digits;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_text_whatever_disturbs_the_finders()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            var words = Words.Of(text ?? "");
            return Times.Find(words) is null or { Length: 5 } && Digits.Find(words).All(char.IsAsciiDigit) && (Days.Find(words)?.Length ?? 1) > 0;
        }).QuickCheckThrowOnFailure();
    }
}
