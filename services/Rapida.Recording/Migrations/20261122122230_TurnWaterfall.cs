using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapida.Recording.Migrations
{
    /// <inheritdoc />
    public partial class TurnWaterfall : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "waterfall",
                table: "turns",
                type: "json",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "waterfall",
                table: "turns");
        }
    }
}
